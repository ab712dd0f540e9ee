"""In place of the migrations of the sign-in library: its tables are made by ours (`store.account_tables`)."""
