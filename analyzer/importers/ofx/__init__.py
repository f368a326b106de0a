"""OFX, QFX and QBO, SGML 1.x and XML 2.x.

header → what the file declares; tokens → the rows and the envelope in one linear pass; envelope → account,
currency, balances; rows → dates, amounts and identities; importer → a `Statement` each.
"""

from analyzer.importers.ofx.importer import OfxImporter

__all__ = ["OfxImporter"]
