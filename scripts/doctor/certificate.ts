/** Whether the public address answers with a certificate of its own that will not end soon. */

import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import type { CertificateFinding } from './finding.ts';

/** Proxies renew when a third of the lifetime is left; what is still there at a quarter has been tried for in vain. */
const lateShare = 1 / 4;
const dayMs = 86_400_000;
/** As platforms call it. */
const asPlatforms = { port: 443, now: Date.now };

/** Looks as the platforms do, by the name. @param domain null when none is set: then there is nothing to look at. */
export async function diagnoseCertificate(
	domain: string | null,
	signal: AbortSignal,
	{ port, now }: { port: number; now: () => number } = asPlatforms,
): Promise<CertificateFinding[]> {
	if (domain === null) return [];
	// Looked at whoever has signed it: that is said below.
	const socket = connect({ host: domain, port, servername: domain, rejectUnauthorized: false });
	try {
		await once(socket, 'secureConnect', { signal });
		return [judge(domain, socket, now())];
	} catch (thrown) {
		signal.throwIfAborted();
		const reason = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
		return [{ level: 'bad', code: 'address-unreachable', domain, reason }];
	} finally {
		socket.destroy();
	}
}

function judge(domain: string, socket: TLSSocket, nowMs: number): CertificateFinding {
	const { valid_from: from, valid_to: until } = socket.getPeerCertificate();
	const leftMs = Date.parse(until) - nowMs;
	const days = Math.floor(leftMs / dayMs);
	if (leftMs <= 0) return { level: 'bad', code: 'certificate-ended', domain };
	if (!socket.authorized) return { level: 'warning', code: 'certificate-untrusted', domain, reason: String(socket.authorizationError) };
	if (leftMs < lateShare * (Date.parse(until) - Date.parse(from))) return { level: 'warning', code: 'certificate-late', domain, days };
	return { level: 'good', code: 'certificate', domain, days };
}
