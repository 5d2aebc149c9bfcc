"""Where: the province, its communes and agencies, over time."""
