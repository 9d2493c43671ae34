import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { diagnoseCertificate } from '../../../scripts/doctor/certificate.ts';
import { nowhere, patience } from './stub-server.ts';

const dayMs = 86_400_000;
/** As a public authority gives them, from 2028 on. */
const lifetimeDays = 45;

const folder = mkdtempSync(join(tmpdir(), 'openccb-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
execFileSync(
	'openssl',
	[
		...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', `${lifetimeDays}`],
		...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', keyFile, '-out', certificateFile],
	],
	{ stdio: 'ignore' },
);
const [key, cert] = [readFileSync(keyFile), readFileSync(certificateFile)];

async function serve(): Promise<number> {
	const server = createServer({ key, cert }, (socket) => void socket.on('error', () => {}).end());
	server.listen(0, 'localhost');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return (server.address() as AddressInfo).port;
}

function trustIt(): void {
	const before = getCACertificates('default');
	setDefaultCACertificates([...before, cert.toString()]);
	onTestFinished(() => setDefaultCACertificates(before));
}

const inDays = (days: number) => () => Date.now() + days * dayMs;

test('without a name there is nothing to look at', async () => {
	expect(await diagnoseCertificate(null, patience())).toEqual([]);
});

test.each([
	[0, { level: 'good', code: 'certificate', domain: 'localhost', days: 44 }],
	// A third is left: this is when proxies renew it.
	[30, { level: 'good', code: 'certificate', domain: 'localhost', days: 14 }],
	[35, { level: 'warning', code: 'certificate-late', domain: 'localhost', days: 9 }],
	[46, { level: 'bad', code: 'certificate-ended', domain: 'localhost' }],
])('after %i of 45 days it says %o', async (days, finding) => {
	trustIt();
	expect(await diagnoseCertificate('localhost', patience(), { port: await serve(), now: inDays(days) })).toEqual([finding]);
});

test('one that nobody here trusts is told apart', async () => {
	expect(await diagnoseCertificate('localhost', patience(), { port: await serve(), now: Date.now })).toEqual([
		{ level: 'warning', code: 'certificate-untrusted', domain: 'localhost', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
	]);
});

test('an address where nobody answers is bad', async () => {
	const port = Number(new URL(await nowhere()).port);
	expect(await diagnoseCertificate('localhost', patience(), { port, now: Date.now })).toMatchObject([
		{ level: 'bad', code: 'address-unreachable', domain: 'localhost' },
	]);
});
