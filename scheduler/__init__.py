"""Month rosters for a 小規模多機能型居宅介護 office, legal hour by hour."""

__version__ = "0.1.0"
