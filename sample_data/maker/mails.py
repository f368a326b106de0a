"""Two saved mails about a seller account: one its sender really sent, one that only looks so. Both texts are invented."""

from __future__ import annotations

_BOUNDARY = "----=_Part_sample"


def _mail(headers: list[str], text: str, html: str) -> str:
    parts = [
        *headers,
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"',
        "",
        f"--{_BOUNDARY}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        text,
        f"--{_BOUNDARY}",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        html,
        f"--{_BOUNDARY}--",
        "",
    ]
    return "\n".join(parts)


def genuine() -> str:
    """The "welcome, seller" mail: authentic, and therefore the alarm."""
    headers = [
        "Return-Path: <20260327031504.sample@bounces.amazon.com>",
        "Received: from smtp-out.amazon.com (smtp-out.amazon.com [192.0.2.25])",
        "\tby mx.example with ESMTPS id sample0001",
        "\tfor <ratna@example.com>; Fri, 27 Mar 2026 03:15:09 +0000",
        "Authentication-Results: mx.example;",
        "\tdkim=pass header.d=amazon.com header.s=sample;",
        "\tspf=pass smtp.mailfrom=bounces.amazon.com;",
        "\tdmarc=pass (p=QUARANTINE) header.from=amazon.com",
        "Date: Fri, 27 Mar 2026 03:15:04 +0000",
        "From: Amazon Services <seller-notification@amazon.com>",
        "To: ratna@example.com",
        "Subject: Welcome to selling on Amazon",
        "Message-ID: <20260327031504.sample@email.amazon.com>",
    ]
    text = """\
Hello Ratna Contoh,

Your selling account has been opened with the Professional plan.

Plan fee: USD 39.99 per month
First charge: 4 May 2026, and every month after that
Payment method: the card ending in 4242

You can look at your plan and change it at any time in Seller Central:
https://sellercentral.amazon.com/

Your seller account team
"""
    html = """\
<html><body>
<p>Hello Ratna Contoh,</p>
<p>Your selling account has been opened with the <b>Professional</b> plan.</p>
<p>Plan fee: USD 39.99 per month<br>
First charge: 4 May 2026, and every month after that<br>
Payment method: the card ending in 4242</p>
<p>You can look at your plan and change it at any time in
<a href="https://sellercentral.amazon.com/">Seller Central</a>.</p>
<p>Your seller account team</p>
</body></html>
"""
    return _mail(headers, text, html)


def fake() -> str:
    """A mail from a lookalike domain, whose link shows one address and goes to another."""
    headers = [
        "Return-Path: <bounce@amazon-sellercentral.example>",
        "Received: from host.amazon-sellercentral.example (unknown [198.51.100.77])",
        "\tby mx.example with ESMTP id sample0002",
        "\tfor <ratna@example.com>; Tue, 2 Jun 2026 22:41:50 +0000",
        "Authentication-Results: mx.example;",
        "\tdkim=none;",
        "\tspf=pass smtp.mailfrom=amazon-sellercentral.example;",
        "\tdmarc=none header.from=amazon-sellercentral.example",
        "Date: Tue, 2 Jun 2026 22:41:44 +0000",
        'From: "Amazon Seller Central" <billing@amazon-sellercentral.example>',
        "Reply-To: refunds@seller-support-desk.example",
        "To: ratna@example.com",
        "Subject: Your seller subscription could not be charged - act within 24 hours",
        "Message-ID: <0002@amazon-sellercentral.example>",
    ]
    text = """\
Dear customer,

We could not charge your selling plan of USD 39.99. Your account will be closed in 24 hours.
Confirm your card number and password here to receive your refund:
https://sellercentral.amazon.com/refund

Amazon Seller Central
"""
    html = """\
<html><body>
<p>Dear customer,</p>
<p>We could not charge your selling plan of <b>USD 39.99</b>. Your account will be closed in 24 hours.</p>
<p>Confirm your card number and password here to receive your refund:<br>
<a href="https://sellercentral.amazon.com.account-check.example/refund">https://sellercentral.amazon.com/refund</a></p>
<p>Amazon Seller Central</p>
</body></html>
"""
    return _mail(headers, text, html)
