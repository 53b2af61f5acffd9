"""Services and referrals: what a household gets beside money."""
