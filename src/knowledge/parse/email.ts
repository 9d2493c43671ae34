/** E-mail → blocks: who wrote to whom and when, the text, and the names of what was attached. */

import PostalMime, { type Address } from 'postal-mime';
import type { BlockList } from './block-list.ts';
import { readHtml } from './html.ts';
import { readPlainText } from './plain-text.ts';
import { Rejection } from './rejection.ts';

/** @returns the subject. @throws Rejection `corrupt`. */
export async function readEmail(bytes: Uint8Array, list: BlockList): Promise<string | null> {
	const email = await PostalMime.parse(bytes, { maxNestingDepth: 50 }).catch(() => {
		throw new Rejection('corrupt');
	});
	const people = [
		...namesOf('From', email.from === undefined ? [] : [email.from]),
		...namesOf('To', email.to),
		...namesOf('Cc', email.cc),
		...(email.date === undefined ? [] : [`Date: ${email.date}`]),
	];
	if (email.subject !== undefined) list.heading(1, email.subject);
	list.paragraph(people.join('\n'));
	if (email.text !== undefined && email.text.trim() !== '') readPlainText(email.text, list);
	else if (email.html !== undefined) readHtml(email.html, list);
	for (const { filename } of email.attachments) if (filename) list.paragraph(`Attachment: ${filename}`);
	return email.subject ?? null;
}

function namesOf(field: string, addresses: readonly Address[] = []): string[] {
	const people = addresses.map(({ name, address }) => [name, address === undefined ? '' : `<${address}>`].filter(Boolean).join(' '));
	return people.length === 0 ? [] : [`${field}: ${people.join(', ')}`];
}
