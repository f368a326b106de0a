"""Charts: the same bytes every time, safe text, this merchant only, large enough to read."""

from __future__ import annotations

import io
from datetime import date

import matplotlib as mpl
import pytest
from matplotlib.text import Text

from analyzer.disputes import chart_months, charts, details, dossier
from analyzer.errors import OutputError
from disputes.cards import DAY, FEE, SECRET_SHOPS, charge_finding, statement, story

HOSTILE = [
    *("KE$HA \\frac{1 $TORE", "\\sqrt{" * 200, "PAY $5 GET $10 OFF", "\x1b[2J\u202eEVIL"),
    *("中文 支付", "x" * 5000, "</NAME><b>&lt;", "=CMD()"),
]


def texts(ax) -> list[str]:
    return [t.get_text() for t in ax.figure.findobj(Text) if t.get_text()]


@pytest.mark.parametrize("draw", [charts.timeline, charts.before_after, charts.deadline_bars])
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_chart_twice_is_the_same_file(draw, form: str) -> None:
    found = story()
    one, two = (charts.as_bytes(draw(charge_finding(found), as_of=DAY).figure, form) for _ in range(2))
    assert one == two
    assert len(one) < 1_000_000
    assert {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[form] == one[:5][: 5 if form == "svg" else 4]


@pytest.mark.parametrize("payee", HOSTILE, ids=lambda p: p[:12].encode("unicode_escape").decode())
def test_hostile_payees_are_drawn_as_they_are(payee: str) -> None:
    found = [statement([(date(2026, 6, 4), -3999, payee)], start=date(2026, 6, 1), end=DAY)]
    finding = charge_finding(found, payee, merchant=payee)
    event = details.Event(date(2026, 6, 5), "call", payee)
    ax = charts.timeline(finding, as_of=DAY, events=[event])
    for form in ("png", "svg", "pdf"):
        assert charts.as_bytes(ax.figure, form)
    assert all(not t.get_parse_math() for t in ax.figure.findobj(Text) if t.get_text())
    assert not any(c in "".join(texts(ax)) for c in "\x1b\u202e")


def test_no_other_spending_is_on_a_chart() -> None:
    found = story()
    finding = charge_finding(found)
    shown = "\n".join(t for draw in (charts.timeline, charts.before_after, charts.deadline_bars) for t in texts(draw(finding, as_of=DAY)))
    for shop in (*SECRET_SHOPS, "AMZN MKTP"):
        assert shop not in shown
    assert "secret-folder" not in shown
    assert "2026-06.ofx" in shown
    assert found[-1].sha256[:32] in shown
    assert "654.196" in shown


def test_type_is_twelve_points_or_larger() -> None:
    for draw in (charts.timeline, charts.before_after, charts.deadline_bars):
        ax = draw(charge_finding(story()), as_of=DAY)
        ax.figure.canvas.draw()
        assert min(t.get_fontsize() for t in ax.figure.findobj(Text) if t.get_text()) >= 12


def test_charts_are_grey() -> None:
    from PIL import Image

    for draw in (charts.timeline, charts.before_after, charts.deadline_bars):
        picture = Image.open(io.BytesIO(charts.as_bytes(draw(charge_finding(story()), as_of=DAY).figure))).convert("RGB")
        assert all(r == g == b for _, (r, g, b) in picture.getcolors(1 << 24) or [])


def test_pdf_fonts_are_embedded_as_truetype() -> None:
    data = charts.as_bytes(charts.timeline(charge_finding(story()), as_of=DAY).figure, "pdf")
    assert b"/FontFile2" in data
    assert b"/Subtype /Type3" not in data


def test_the_users_own_settings_and_pyplot_stay_untouched() -> None:
    from matplotlib import _pylab_helpers

    before = dict(mpl.rcParams)
    with mpl.rc_context({"text.usetex": True, "font.family": ["Comic Sans MS"], "font.size": 4}):
        assert charts.as_bytes(charts.timeline(charge_finding(story()), as_of=DAY).figure)
    assert dict(mpl.rcParams) == before
    assert not _pylab_helpers.Gcf.get_all_fig_managers()


def test_axes_of_a_notebook_are_drawn_into() -> None:
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    assert charts.timeline(charge_finding(story()), ax=ax, as_of=DAY) is ax


def test_counts_before_and_after_and_months_without_a_statement() -> None:
    found = [s for s in story() if s.start != date(2025, 9, 1)]
    d = dossier.gather(charge_finding(found), found, as_of=DAY)
    by_month = {m.first: m for m in d.months}
    assert d.family == "Amazon"
    assert by_month[date(2026, 4, 1)].purchases == 1
    assert not by_month[date(2025, 9, 1)].covered
    assert (by_month[date(2026, 6, 1)].charges, by_month[date(2026, 6, 1)].charged_minor) == (1, 654_196_00)
    rows = chart_months.before_after_rows(d)
    assert ("Sep 2025", "no statement", "", "") in rows
    assert ("Oct 2025 - Apr 2026", "1 each month", "0", "") in rows


def test_nothing_after_the_day_of_the_packet_is_shown() -> None:
    d = dossier.gather(charge_finding(story()), story(), as_of=date(2026, 6, 10))
    assert d.credits == ()
    assert d.covered == (date(2025, 5, 1), date(2026, 6, 10))
    assert len(d.disputed) == 2


@pytest.mark.parametrize("payee", ["x" * 200, "M" * 90, "VERY LONG MERCHANT NAME " * 9, "\u4e2d\u6587" * 40])
@pytest.mark.parametrize("draw", [charts.timeline, charts.before_after, charts.deadline_bars])
def test_nothing_runs_off_the_paper_or_over_another_label(draw, payee: str) -> None:
    rows = [(date(2026, m, 6), -8_123_456_789_00, payee) for m in (3, 4, 5, 6)]
    found = [statement([r], f"{r[0]:%Y-%m}.ofx", start=r[0].replace(day=1), end=r[0].replace(day=28), currency="IDR") for r in rows]
    ax = draw(charge_finding(found, payee, merchant=payee), as_of=DAY)
    ax.figure.canvas.draw()
    sheet = ax.figure.bbox
    shown = [t for t in ax.figure.findobj(Text) if t.get_text() and t.get_visible()]
    for text in shown:
        box = text.get_window_extent()
        assert sheet.x0 - 1 <= box.x0, text.get_text()
        assert box.x1 <= sheet.x1 + 1, text.get_text()
    amounts = [t.get_window_extent() for t in ax.texts if "Rp" in t.get_text()]
    assert not any(a.overlaps(b) for i, a in enumerate(amounts) for b in amounts[i + 1 :])
    assert all(a.x0 > ax.bbox.x0 for a in amounts)


def test_the_axis_of_the_timeline_shows_amounts_of_the_dispute_and_no_other() -> None:
    ax = charts.timeline(charge_finding(story()), as_of=DAY)
    ax.figure.canvas.draw()
    assert {t.get_text() for t in ax.get_yticklabels()} <= {"Rp 0", "Rp 651.205", "Rp 654.196"}


def test_charges_close_together_are_told_by_their_numbers() -> None:
    rows = [(date(2026, 5, 2 + i), -8995 - i, FEE) for i in range(6)]
    found = [statement(rows, start=date(2026, 1, 1), end=DAY)]
    event = details.Event(date(2026, 1, 2), "call", "")
    shown = {t.get_text() for t in charts.timeline(charge_finding(found), as_of=DAY, events=[event]).texts}
    assert {"1", "2", "3", "4", "5", "6"} <= shown


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(OutputError, match="gif"):
        charts.as_bytes(charts.timeline(charge_finding(story()), as_of=DAY).figure, "gif")


def test_many_charges_keep_their_labels_apart() -> None:
    rows = [(date(2024 + (m // 12), m % 12 + 1, 10), -2999, FEE) for m in range(24)]
    found = [statement([r], f"{r[0]:%Y-%m}.ofx", start=r[0].replace(day=1), end=r[0].replace(day=28)) for r in rows]
    ax = charts.timeline(charge_finding(found), as_of=date(2026, 1, 1))
    assert sum(t.startswith("$29.99") for t in texts(ax)) <= 26
    assert len(charts.as_bytes(ax.figure)) < 1_000_000
