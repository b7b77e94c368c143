/** The client whose sign-ins the bench of servers counts. Nobody has to answer at its address. */
export const CLIENT = { id: 'bench', name: 'Photo Printer', redirectUri: 'https://client.example/callback', scope: 'profile email photos.read' };
