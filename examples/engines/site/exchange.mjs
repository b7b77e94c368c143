/** Passes a token request on to the engine, and notes the code that was redeemed: no page gets that one again. */
export async function exchange(request, pass, codes) {
  const sent = new URLSearchParams(await request.clone().text());
  const response = await pass(request);
  if (response.ok && sent.get('grant_type') === 'authorization_code') await codes.note(sent.get('code') ?? '');
  return response;
}
