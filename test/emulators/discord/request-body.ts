/** Reads what a REST call brings: JSON, or a form with `payload_json` and `files[n]` (page "API Reference", Uploading Files). */

import { DiscordFailure, refusal } from './failure.ts';
import { isJson } from './json.ts';
import type { Json } from './types.ts';

export interface UploadedFile {
	/** The `n` of `files[n]`. */
	index: string;
	name: string;
	contentType: string | undefined;
	content: Buffer;
}

export interface RequestBody {
	/** The JSON; an empty object when there is none. Commands are set with a list. */
	given: Json | unknown[];
	files: UploadedFile[];
}

/** @throws DiscordFailure 50109 for broken JSON, 50035 for another kind of content. */
export async function readRequestBody(contentType: string, content: Buffer): Promise<RequestBody> {
	if (content.length === 0) return { given: {}, files: [] };
	if (contentType.startsWith('multipart/form-data')) return readForm(contentType, content);
	if (contentType.startsWith('application/json')) return { given: parse(content.toString()), files: [] };
	throw new DiscordFailure(400, 50035, 'Invalid Form Body', {
		_errors: [{ code: 'CONTENT_TYPE_INVALID', message: 'Expected "Content-Type" header to be one of {\'application/json\'}.' }],
	});
}

async function readForm(contentType: string, content: Buffer): Promise<RequestBody> {
	const form = await new Response(new Uint8Array(content), { headers: { 'content-type': contentType } }).formData();
	const body: RequestBody = { given: {}, files: [] };
	for (const [key, value] of form) {
		const index = /^files\[(\d+)\]$/.exec(key)?.[1];
		if (typeof value === 'string' && key === 'payload_json') body.given = parse(value);
		if (typeof value === 'string' || index === undefined) continue;
		const type = value.type === '' ? undefined : value.type;
		body.files.push({ index, name: value.name, contentType: type, content: Buffer.from(await value.arrayBuffer()) });
	}
	return body;
}

function parse(text: string): Json | unknown[] {
	try {
		const value: unknown = JSON.parse(text);
		if (isJson(value) || Array.isArray(value)) return value;
	} catch {
		// Answered below, like everything else that is no object.
	}
	throw refusal(50109);
}
