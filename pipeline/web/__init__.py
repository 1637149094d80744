"""The review page: routes and templates over the use cases of `pipeline.app`, for browsers on this machine."""
