"""What the page's script says of proposals, replies, support and receipts, in one language."""

from collections.abc import Mapping

from site_src.messages import Message, Plural, message, plural

# Keys, in English; places in braces are filled in by the script.
TAKING_PART: Mapping[str, Message | Plural] = {
    # how contributions are shown
    "called": message("{kind} by {name}"),
    "called_anonymous": message("{kind} without a name"),
    "edited": message("edited on"),
    "proposed_wording": message("Proposed wording:"),
    "reason": message("Reason:"),
    "supported_by": plural("{n} person supports this", "{n} people support this"),
    "replies_to": message("Replies to: {contribution}"),
    "reply_to_gone": message("This is a reply to a contribution that is no longer public."),
    "gone": message("This contribution is no longer public."),
    "order": message("Order:"),
    "order_oldest": message("oldest first"),
    "order_newest": message("newest first"),
    "order_support": message("most supported first"),
    # change proposals
    "wording": message("Wording of the paragraph, for you to change"),
    "wording_hint": message("Change the words as they should read."),
    "your_reason": message("Your reason"),
    "preview": message("This is what your proposal changes:"),
    "nothing_changed": message("Nothing is changed yet."),
    "changes": plural("{n} place is changed.", "{n} places are changed."),
    # replies and support
    "reply": message("Reply to it"),
    "reply_to": message("Reply to it: {contribution}"),
    "your_reply": message("Your reply to: {contribution}"),
    "send_reply": message("Send reply"),
    "support": message("Support"),
    "unsupport": message("Take back support"),
    "support_given": message("You support this contribution."),
    "support_taken_back": message("Your support is taken back."),
    "not_supported": message("That did not succeed. Please try again later."),
    # receipts
    "your_receipt": message("Your receipt"),
    "receipt_code": message("Your receipt code:"),
    "receipt_hint": message(
        "With this code or its link you see what becomes of your contribution, and can correct or "
        "withdraw it. Keep it for yourself."
    ),
    "receipt_kept": message("This browser remembers it."),
    "receipt_not_kept": message("This browser keeps nothing: please note it down."),
    "copy_link": message("Copy the link"),
    "copied": message("The link is copied."),
    "not_copied": message("The link could not be copied. Please copy the code by hand."),
    "mail_to_me": message("Mail it to yourself"),
    "mail_subject": message("Receipt of my contribution"),
    "mail_body": message("My receipt code: {code}\n\nWhat becomes of my contribution: {link}\n"),
    "own": message("Your contribution"),
    "own_more": message("– show the receipt"),
    "own_not_public": message("A contribution of yours on this paragraph is not public."),
    "forget_receipt": message("Forget it on this device"),
    "forget_sure": message(
        "Should this browser forget the receipt? The contribution stays. Without its code you "
        "can no longer withdraw it."
    ),
    "receipts_kept": plural("{n} receipt in this browser", "{n} receipts in this browser"),
    "kept_else": message("Kept in this browser: drafts or support"),
    "receipt_of": message("{document}, version {version}, Rn. {number}, {day}"),
    "kept_hint": message(
        "If other people use this device, make the browser forget receipts, drafts and support "
        "when you are done. What you sent stays public."
    ),
    "forget_all": message("Forget everything on this device"),
    "forget_all_sure": message(
        "Should this browser forget all receipts, drafts and support? Without their codes you "
        "can no longer withdraw your contributions."
    ),
    "forgotten": message("This browser has forgotten it."),
    # what else can happen
    "again_from": message("Please try again from {clock} on."),
    "stale": message(
        "In the meantime version {newest} came out. Your contribution stands at version "
        "{version}, which you have read."
    ),
    "to_newest": message("To version {newest}"),
}
