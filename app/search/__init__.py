"""The one search box: people, cases, papers by whatever somebody has of them."""
