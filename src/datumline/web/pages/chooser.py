"""The role chooser: in a demo the visitor says whom to be. No other home has it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from datumline.services.pages.chooser import can_be, chooser_page
from datumline.web.forms import SEE_OTHER
from datumline.web.installed import opened
from datumline.web.pages.asking import remember
from datumline.web.rendering import page
from datumline.web.shell import Shell


@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """GET shows everybody one can be; POST becomes one of them and goes to their Today."""
    context = opened().context()
    if not context.demo:
        raise Http404
    if request.method == "POST":
        person = request.POST.get("person", "")
        if not can_be(context, person):
            raise Http404
        return remember(HttpResponseRedirect("/", status=SEE_OTHER), person)
    shell = Shell(today=context.today, demo=True, asks_csrf=True)
    return page(request, "chooser.html", shell, chooser_page(context))
