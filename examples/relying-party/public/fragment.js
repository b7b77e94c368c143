// The answer is in the fragment, which the server cannot read: moves it to the query.
const answer = location.hash.slice(1);
location.replace(answer ? `${location.pathname}?${answer}` : '/');
