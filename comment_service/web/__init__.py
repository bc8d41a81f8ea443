"""HTTP: routes, forms, presenters and pages."""
