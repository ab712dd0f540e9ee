"""Every address of the pages."""

from __future__ import annotations

from django.urls import path

from datumline.web.own_files import htmx
from datumline.web.pages.chooser import who
from datumline.web.pages.components import components
from datumline.web.pages.counted import counted
from datumline.web.pages.drafts import drafts
from datumline.web.pages.entry import entry, receipt
from datumline.web.pages.entry_acts import act_on_entry
from datumline.web.pages.entry_form import correct_entry, new_entry, publish_note
from datumline.web.pages.opened import my_opened, opened_of
from datumline.web.pages.people import people
from datumline.web.pages.person import person
from datumline.web.pages.search import search
from datumline.web.pages.today import today

urlpatterns = [
    path("", today),
    path("who", who),
    path("people", people),
    path("people/<str:person>", person),
    path("people/<str:person>/opened", opened_of),
    path("people/<str:person>/entries/new", new_entry),
    path("entries/<str:entry>", entry),
    path("entries/<str:entry>/correct", correct_entry),
    path("entries/<str:entry>/publish", publish_note),
    path("entries/<str:entry>/receipt", receipt),
    path("entries/<str:entry>/<str:act>", act_on_entry),
    path("drafts", drafts),
    path("counted", counted),
    path("components", components),
    path("static/htmx.js", htmx),
    path("search", search),
    path("opened", my_opened),
]
handler400 = "datumline.web.pages.notices.not_understood"
handler404 = "datumline.web.pages.notices.absent"
handler500 = "datumline.web.pages.notices.broken"
