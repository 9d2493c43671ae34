/** Files of a question: given before it, so that people see how far they are, and named in it. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const uploadedFile = z.object({
	/** For `files` of a question, within a day. */
	id: z.uuid(),
	/** Without folders and what hides in names. */
	name: z.string(),
	/** By its content: `image/…`, or `application/octet-stream`. */
	mediaType: z.string(),
	sizeBytes: z.int(),
});
export type UploadedFileView = z.infer<typeof uploadedFile>;

export const mostFilesOfQuestion = 10;

export const uploadFile = defineRoute({
	name: 'uploadFile',
	method: 'POST',
	path: '/files',
	about:
		'Keeps a file for a question of this person, a day at most. `uploadBytes` of the quota says how large it may be. A request that is given up leaves nothing. ' +
		'Whether it can be read is said with the answer.',
	for: 'whoever is signed in',
	scope: 'files',
	headers: z.strictObject({
		/** What it is called, each character that is no letter, digit or `-_.!~*'()` written as in an address (`encodeURIComponent`). */
		'x-file-name': z.string().min(1).max(1_000),
	}),
	body: 'bytes',
	answer: { status: 200, about: 'It is kept.', body: uploadedFile },
	errors: ['CONFLICT'],
});
