/** What a server answers is not to be trusted: no control character of it reaches a terminal or a file. */
export const clean = (text: string): string => text.toWellFormed().replace(/[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
