"""The editorial desk: server-rendered pages under ``/redaktion/`` for those who have an account."""
