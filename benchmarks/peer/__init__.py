"""A minimal project around the peer, to measure beside haicap."""
