"""Every address of the pages."""

from __future__ import annotations

from django.urls import path

from datumline.web.pages import account, accounts, sign_in
from datumline.web.pages.access import access
from datumline.web.pages.break_glass import break_glass
from datumline.web.pages.case import case_act, case_answer, paper
from datumline.web.pages.chooser import who
from datumline.web.pages.components import components
from datumline.web.pages.composer import check as check_note
from datumline.web.pages.composer import compose
from datumline.web.pages.concern import concern
from datumline.web.pages.conflicts import conflicts
from datumline.web.pages.conversations import checkpoint, conversation
from datumline.web.pages.counted import counted
from datumline.web.pages.drafts import drafts
from datumline.web.pages.entry import entry, receipt
from datumline.web.pages.entry_acts import act_on_entry
from datumline.web.pages.entry_form import correct_entry, new_entry, publish_note
from datumline.web.pages.growth import answer_update, expect, growth, team
from datumline.web.pages.growth import document as growth_document
from datumline.web.pages.growth import review as growth_review
from datumline.web.pages.growth import update as growth_update
from datumline.web.pages.imports import clone, go_on, imports
from datumline.web.pages.imports import one as one_import
from datumline.web.pages.leave_cover import cover
from datumline.web.pages.ledger import ledger_of, proof_of, receipt_of, verifier
from datumline.web.pages.opened import my_opened, opened_of
from datumline.web.pages.organisation import line, organisation
from datumline.web.pages.people import people
from datumline.web.pages.person import person
from datumline.web.pages.policy import pack_file, policy
from datumline.web.pages.quick import log
from datumline.web.pages.receipts import one as one_receipt
from datumline.web.pages.receipts import receipts, take
from datumline.web.pages.reminders import reminders
from datumline.web.pages.search import search
from datumline.web.pages.today import today
from datumline.web.pages.visibility import plan as visibility_plan
from datumline.web.pages.visibility import stretch, visibility
from datumline.web.pages.welcome import welcome

urlpatterns = [
    path("", today),
    path("who", who),
    path("people", people),
    path("people/<str:person>", person),
    path("people/<str:person>/opened", opened_of),
    path("people/<str:person>/ledger", ledger_of),
    path("people/<str:person>/concern", concern),
    path("people/<str:person>/case/<str:act>", case_act),
    path("people/<str:person>/requests/<str:wanted>", case_answer),
    path("people/<str:person>/papers/<str:which>", paper),
    path("people/<str:person>/line", line),
    path("people/<str:person>/cover", cover),
    path("people/<str:person>/ledger/receipt", receipt_of),
    path("people/<str:person>/ledger/proof", proof_of),
    path("people/<str:person>/entries/new", new_entry),
    path("people/<str:person>/note", compose),
    path("people/<str:person>/note/check", check_note),
    path("people/<str:person>/conversation", conversation),
    path("growth", team),
    path("people/<str:person>/growth", growth),
    path("people/<str:person>/growth/update", growth_update),
    path("people/<str:person>/growth/review", growth_review),
    path("people/<str:person>/growth/expect", expect),
    path("people/<str:person>/growth/document", growth_document),
    path("people/<str:person>/visibility", visibility),
    path("people/<str:person>/visibility/plan", visibility_plan),
    path("people/<str:person>/stretch", stretch),
    path("entries/<str:entry>", entry),
    path("entries/<str:entry>/correct", correct_entry),
    path("entries/<str:entry>/publish", publish_note),
    path("entries/<str:entry>/receipt", receipt),
    path("entries/<str:entry>/checkpoint", checkpoint),
    path("entries/<str:entry>/answer", answer_update),
    path("entries/<str:entry>/<str:act>", act_on_entry),
    path("drafts", drafts),
    path("log", log),
    path("counted", counted),
    path("reminders", reminders),
    path("receipts", receipts),
    path("receipts/take", take),
    path("receipts/<str:entry>", one_receipt),
    path("imports", imports),
    path("imports/clone", clone),
    path("imports/<str:job>", one_import),
    path("imports/<str:job>/confirm", go_on),
    path("components", components),
    path("search", search),
    path("opened", my_opened),
    path("organisation", organisation),
    path("access", access),
    path("conflicts", conflicts),
    path("break-glass", break_glass),
    path("policy", policy),
    path("policy/pack.yaml", pack_file),
    path("verifier", verifier),
]
urlpatterns += [
    path("welcome", welcome),
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in/second", sign_in.second, name="mfa_authenticate"),
    path("sign-in/passkey", sign_in.passkey),
    path("sign-in/again", account.again),
    path("sign-in/elsewhere", sign_in.go_elsewhere),
    path("sign-in/elsewhere/<str:provider_id>", sign_in.come_back, name="openid_connect_callback"),
    path("sign-out", sign_in.sign_out),
    path("forgotten", sign_in.forgotten),
    path("forgotten/asked", sign_in.asked_for),
    path("links/<str:secret>", sign_in.link),
    path("account", account.account),
    path("account/password", account.password),
    path("account/app", account.app),
    path("account/app/drop", account.drop_app),
    path("account/codes", account.codes),
    path("account/codes.txt", account.codes_file),
    path("account/keys", account.add_key),
    path("account/keys/<str:key>/drop", account.drop_key),
    path("account/sessions/others/end", account.end_others),
    path("account/sessions/<str:session>/end", account.end_session),
    path("accounts", accounts.everybody),
    path("accounts/<str:person>/link", accounts.link),
    path("accounts/<str:person>/disable", accounts.disable),
    path("accounts/<str:person>/enable", accounts.enable),
]
handler400 = "datumline.web.pages.notices.not_understood"
handler404 = "datumline.web.pages.notices.absent"
handler500 = "datumline.web.pages.notices.broken"
