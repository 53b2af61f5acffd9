"""The job service: seekers, employers and vacancies, referrals, placements, training."""
