"""What refuses a start (A42), each in one line: settings that let anybody in, or show the inside."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from datumline.config.doors import (
    ADDRESS,
    OIDC_CLIENT,
    OIDC_SECRET,
    OIDC_SERVER,
    PROXIES,
    doors,
    oidc_provider,
)
from datumline.config.home import create_home
from datumline.config.starting import check_start
from datumline.domain.problem import Problem
from datumline.services.context import Mode

OUTSIDE = "https://datumline.firm.example"


def settings(**more: Any) -> Any:
    return SimpleNamespace(**({"DEBUG": False, "ALLOWED_HOSTS": ["localhost"]} | more))


def test_a_new_home_may_be_served(tmp_path: Path) -> None:
    check_start(settings(), create_home(tmp_path / "home"), address="")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"DEBUG": True}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ["*"]}, "any host"),
        ({"ALLOWED_HOSTS": [".firm.example"]}, "any host"),
    ],
)
def test_settings_that_let_anybody_in_refuse_the_start(
    tmp_path: Path, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(Problem, match=said):
        check_start(settings(**more), create_home(tmp_path / "home"), address="")


@pytest.mark.parametrize(
    ("secret", "said"), [("", "no secret"), ("short", "guessed"), ("django-insecure-" + "x" * 60, "guessed")]
)
def test_a_secret_that_is_no_secret_refuses_the_start(tmp_path: Path, secret: str, said: str) -> None:
    home = create_home(tmp_path / "home")
    (home.keys / "web-secret").write_text(secret, encoding="ascii")
    with pytest.raises(Problem, match=said):
        check_start(settings(), home, address="")


def test_a_secret_that_others_may_read_refuses_the_start(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home")
    (home.keys / "web-secret").chmod(0o644)
    with pytest.raises(Problem, match="others may read"):
        check_start(settings(), home, address="")


@pytest.mark.parametrize("mode", [Mode.DEMO, Mode.ALONE])
def test_where_nobody_signs_in_nobody_comes_from_outside(tmp_path: Path, mode: Mode) -> None:
    with pytest.raises(Problem, match="let others in"):
        check_start(settings(), create_home(tmp_path / "home", mode=mode), address=OUTSIDE)


@pytest.mark.parametrize(
    "address",
    ["https://*", "https://*.firm.example", "https://.firm.example", "firm.example", "https://", "ftp://firm.example",
     "https://firm.example/x", "https://firm.example:x", "http://firm.example", "https://a b"],
)  # fmt: skip
def test_an_address_that_is_none_refuses_the_start(address: str) -> None:
    with pytest.raises(Problem, match=ADDRESS):
        doors({ADDRESS: address})


def test_an_address_says_host_https_and_where_forms_come_from() -> None:
    said = doors({ADDRESS: f"{OUTSIDE}:8443/", PROXIES: "1"})
    assert (said.hosts, said.https, said.origins, said.proxies) == (
        ("datumline.firm.example",),
        True,
        (f"{OUTSIDE}:8443",),
        1,
    )
    assert not doors({}).https
    with pytest.raises(Problem, match=PROXIES):
        doors({PROXIES: "-1"})


def test_openid_connect_is_configured_whole_or_not_at_all() -> None:
    whole = {OIDC_SERVER: "https://id.firm.example", OIDC_CLIENT: "datumline", OIDC_SECRET: "x"}
    assert oidc_provider({})["APPS"] == []
    assert oidc_provider(whole)["APPS"][0]["settings"] == {"server_url": "https://id.firm.example"}
    for missing in whole:
        with pytest.raises(Problem, match=missing):
            oidc_provider(whole | {missing: ""})
    with pytest.raises(Problem, match=OIDC_SERVER):
        oidc_provider(whole | {OIDC_SERVER: "http://id.firm.example"})
