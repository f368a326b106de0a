"""What `sample_data/make.py` writes: four cards, their statements in every format, and two mails. All invented."""
