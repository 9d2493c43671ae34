/** Files that are given before they are asked about. */

import type { Clock } from '../../clock.ts';
import { allowMoreTime } from '../../http/slow-requests.ts';
import { uploadFile } from '../contract/files.ts';
import { ApiRefusal } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';
import { uploadedBytes } from '../upload-body.ts';

/** Each is a connection that stays open for as long as it comes, and a file on its way to the disk. */
const mostAtOnce = { ofPerson: 3, inAll: 40 };
const comeBackMs = 5_000;
const pace = { silenceMs: 30_000, mostMs: 10 * 60_000 };

export function fileRoutes({ clock }: { clock: Clock }): ServedRoute[] {
	/** Whose uploads are coming in, as often as there are. */
	const coming: string[] = [];

	/** @throws ApiRefusal `RATE_LIMITED`, `UNAVAILABLE`. @returns how to leave. */
	function enter(userId: string): () => void {
		if (coming.filter((one) => one === userId).length >= mostAtOnce.ofPerson)
			throw new ApiRefusal('RATE_LIMITED', { retryAfterMs: comeBackMs });
		if (coming.length >= mostAtOnce.inAll) throw new ApiRefusal('UNAVAILABLE', { retryAfterMs: comeBackMs });
		coming.push(userId);
		return () => void coming.splice(coming.indexOf(userId), 1);
	}

	return [
		serve(uploadFile, async ({ headers, caller: { person }, services: { uploads }, request, reply, signal }) => {
			const name = nameIn(headers['x-file-name']);
			const leave = enter(person.userId);
			allowMoreTime(request.raw.socket);
			reply.header('connection', 'close');
			try {
				const source = uploadedBytes(request.raw, { mostBytes: uploads.mostBytes(person), ...pace }, clock);
				const taken = await uploads.take(person, name, source, signal);
				if (taken === 'full') throw new ApiRefusal('CONFLICT', { sentence: ({ web }) => web.uploadsFull });
				return taken;
			} finally {
				leave();
			}
		}),
	];
}

/** @throws ApiRefusal `INVALID`. */
function nameIn(header: string): string {
	try {
		return decodeURIComponent(header);
	} catch {
		throw new ApiRefusal('INVALID', { field: 'x-file-name' });
	}
}
