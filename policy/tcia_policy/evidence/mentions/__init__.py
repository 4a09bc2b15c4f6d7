"""What running text names and says: datasets, repositories, prescribed wordings."""
