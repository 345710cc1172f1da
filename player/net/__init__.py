"""The only sockets to the outside: httpx and what is fetched with it. May import `core`."""
