"""From built files to issues: the ledger, the store, the outbox."""
