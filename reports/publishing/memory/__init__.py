"""What is known of issues where the ledger is lost or older than they are: told, taken back in, put aside, put back."""
