-- What pg_dump says of a database of revision 0005 with data: never changed, since it was like that.
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TYPE public.contribution_channel AS ENUM (
    'online',
    'workshop',
    'letter',
    'mail',
    'phone'
);
CREATE TYPE public.contribution_kind AS ENUM (
    'comment',
    'question',
    'proposal',
    'reply'
);
CREATE TYPE public.contribution_status AS ENUM (
    'pending',
    'published',
    'hidden',
    'withdrawn'
);
CREATE TYPE public.decision_status AS ENUM (
    'draft',
    'published',
    'discarded'
);
CREATE TYPE public.log_changed AS ENUM (
    'status',
    'text',
    'decision',
    'account'
);
CREATE TYPE public.log_role AS ENUM (
    'author',
    'moderator',
    'editor',
    'administrator'
);
CREATE TABLE public.accounts (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    role public.log_role NOT NULL,
    password_hash text,
    subject text COLLATE pg_catalog."C",
    totp_secret text,
    totp_step bigint,
    failures integer NOT NULL,
    next_try_at timestamp with time zone,
    is_locked boolean NOT NULL,
    sessions jsonb NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.contributions (
    id text NOT NULL COLLATE pg_catalog."C",
    document text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    number integer NOT NULL,
    kind public.contribution_kind NOT NULL,
    text text NOT NULL,
    name text,
    channel public.contribution_channel NOT NULL,
    received_at timestamp with time zone NOT NULL,
    status public.contribution_status NOT NULL,
    receipt_digest text NOT NULL,
    once_key text COLLATE pg_catalog."C",
    once_fingerprint text COLLATE pg_catalog."C",
    transcribed jsonb,
    hidden jsonb,
    is_blacked_out boolean DEFAULT false NOT NULL,
    erased_at timestamp with time zone,
    proposed_wording text,
    in_reply_to text COLLATE pg_catalog."C",
    edited_at timestamp with time zone,
    earlier_texts jsonb DEFAULT '[]'::jsonb NOT NULL,
    author_mark text,
    waiting_because jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT contributions_within_limits CHECK (((version >= 1) AND (number >= 1) AND isfinite(received_at) AND (char_length(text) <= 4000) AND (char_length(name) <= 80) AND (char_length(proposed_wording) <= 8000) AND ((once_key IS NULL) = (once_fingerprint IS NULL))))
);
CREATE TABLE public.decisions (
    id text NOT NULL COLLATE pg_catalog."C",
    document text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    contributions text[] NOT NULL,
    answer jsonb NOT NULL,
    status public.decision_status NOT NULL,
    role public.log_role NOT NULL,
    at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    revisions jsonb NOT NULL,
    CONSTRAINT decisions_within_limits CHECK (((version >= 1) AND isfinite(at)))
);
CREATE TABLE public.log (
    "position" bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    role public.log_role NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    changed public.log_changed NOT NULL,
    old text NOT NULL,
    new text NOT NULL,
    reason text,
    digest text NOT NULL,
    CONSTRAINT log_at_finite CHECK (isfinite(at))
);
ALTER TABLE public.log ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.log_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.log_tip (
    sole boolean DEFAULT true NOT NULL,
    digest text NOT NULL,
    CONSTRAINT log_tip_sole_row CHECK (sole)
);
CREATE TABLE public.marks (
    document text NOT NULL COLLATE pg_catalog."C",
    shard smallint NOT NULL,
    mark bigint NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE public.secret (
    sole boolean DEFAULT true NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT secret_content_length CHECK ((octet_length(content) = 32)),
    CONSTRAINT secret_sole_row CHECK (sole)
);
CREATE TABLE public.supports (
    id text NOT NULL COLLATE pg_catalog."C",
    document text NOT NULL COLLATE pg_catalog."C",
    contribution text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    is_withdrawn boolean NOT NULL,
    CONSTRAINT supports_at_finite CHECK (isfinite(at))
);
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.contributions VALUES ('c1', 'leitlinien', 1, 2, 'comment', 'Mehr Bänke
& ''Bäume'' 👩‍👩‍👧', NULL, 'online', '2024-03-20 11:00:00+00', 'published', '0000000000000000000000000000000000000000000000000000000000000000', 'k1', 'f1', NULL, NULL, false, NULL, NULL, NULL, NULL, '[]', NULL, '[]');
INSERT INTO public.contributions VALUES ('c2', 'leitlinien', 1, 2, 'comment', 'Bitte mehr Bänke.', 'Ada', 'online', '2024-03-20 11:00:00+00', 'hidden', '0000000000000000000000000000000000000000000000000000000000000000', NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, '[]', NULL, '[]');
INSERT INTO public.log OVERRIDING SYSTEM VALUE VALUES (1, 'l1', '2024-03-20 11:00:00+00', 'moderator', 'c2', 'status', 'published', 'hidden', 'Beleidigung', '50faf7693d7665f28bda37a4dc82c1c5bf1e1153d4e98fc3d01a8f64856177d9');
INSERT INTO public.log_tip VALUES (true, '50faf7693d7665f28bda37a4dc82c1c5bf1e1153d4e98fc3d01a8f64856177d9');
INSERT INTO public.marks VALUES ('leitlinien', 3, 40);
INSERT INTO public.marks VALUES ('leitlinien', 9, 2);
INSERT INTO public.secret VALUES (true, '\x7373737373737373737373737373737373737373737373737373737373737373');
SELECT pg_catalog.setval('public.log_position_seq', 1, true);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_key PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_name_once UNIQUE (name);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_subject_once UNIQUE (subject);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.contributions
    ADD CONSTRAINT contributions_key PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_key PRIMARY KEY (id);
ALTER TABLE ONLY public.log
    ADD CONSTRAINT log_id_once UNIQUE (id);
ALTER TABLE ONLY public.log
    ADD CONSTRAINT log_key PRIMARY KEY ("position");
ALTER TABLE ONLY public.log_tip
    ADD CONSTRAINT log_tip_key PRIMARY KEY (sole);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_key PRIMARY KEY (document, shard);
ALTER TABLE ONLY public.secret
    ADD CONSTRAINT secret_key PRIMARY KEY (sole);
ALTER TABLE ONLY public.supports
    ADD CONSTRAINT supports_key PRIMARY KEY (id);
CREATE INDEX contributions_document_received_at ON public.contributions USING btree (document, received_at);
CREATE INDEX contributions_document_version_number ON public.contributions USING btree (document, version, number);
CREATE UNIQUE INDEX contributions_once_key ON public.contributions USING btree (once_key) WHERE (once_key IS NOT NULL);
CREATE INDEX contributions_receipt_digest ON public.contributions USING btree (receipt_digest);
CREATE INDEX decisions_document ON public.decisions USING btree (document);
CREATE INDEX supports_document_contribution ON public.supports USING btree (document, contribution);
