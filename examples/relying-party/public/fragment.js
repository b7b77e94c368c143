// The answer is in the fragment; the server can only read a query.
const answer = location.hash.slice(1);
location.replace(answer ? `${location.pathname}?${answer}` : '/');
