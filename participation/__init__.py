"""The rules of participation: plain Python that knows no framework, no store and no clock."""
