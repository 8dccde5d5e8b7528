// The session cookie is HttpOnly: it goes along with "Try it out" by itself once POST /sessions has been tried.
SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null, // would send the document to a public service
});
