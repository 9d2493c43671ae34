/** An ACME directory of our own (pebble) with a name server of its own: everything on loopback, certificates of some seconds. */

import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { eventually } from '#test/e2e/eventually.ts';
import { startTcpProxy, type TcpProxy } from '#test/e2e/tcp-proxy.ts';
import { freePorts } from './free-ports.ts';
import { run, runToEnd } from './running.ts';

export interface AcmeDirectory {
	url: string;
	/** A file with the certificate by which the directory itself is known. */
	rootFile: string;
	/** By which the certificates that it gives are known. */
	issuedRoot: string;
	/** Where it looks for the answers to its questions. */
	httpPort: number;
	tlsPort: number;
	/** How many certificates it has given. */
	countIssued(): number;
	/** The way to it, which can be cut. */
	way: TcpProxy;
	/** Where a name leads: to this machine for every name, until it is said otherwise. */
	lead(name: string, address: string): Promise<void>;
	close(): Promise<void>;
}

/** @param validitySeconds how long its certificates last. @param folder for its files; exists already. */
export async function startAcmeDirectory(folder: string, validitySeconds: number): Promise<AcmeDirectory> {
	const [listen, management, httpPort, tlsPort, dns, dnsManagement] = await freePorts(6);
	const rootFile = join(folder, 'directory.pem');
	const keyFile = join(folder, 'directory.key');
	await makeCertificate(rootFile, keyFile);
	const configuration = {
		listenAddress: `127.0.0.1:${listen}`,
		managementListenAddress: `127.0.0.1:${management}`,
		certificate: rootFile,
		privateKey: keyFile,
		httpPort,
		tlsPort,
		certificateValidityPeriod: validitySeconds,
	};
	const configurationFile = join(folder, 'pebble.json');
	await writeFile(configurationFile, JSON.stringify({ pebble: configuration }));

	const names = run('pebble-challtestsrv', [
		...['-defaultIPv4', '127.0.0.1', '-defaultIPv6', '', '-dns01', `127.0.0.1:${dns}`, '-management', `127.0.0.1:${dnsManagement}`],
		...['-http01', '', '-https01', '', '-tlsalpn01', ''],
	]);
	const pebble = run('pebble', ['-config', configurationFile, '-dnsserver', `127.0.0.1:${dns}`, '-strict'], { PEBBLE_VA_NOSLEEP: '1' });
	const way = await startTcpProxy({ host: '127.0.0.1', port: listen });
	const ownRoot = await readFile(rootFile, 'utf8');
	const issuedRoot = await eventually(() => get(`https://127.0.0.1:${management}/roots/0`, ownRoot));
	return {
		url: `https://127.0.0.1:${way.port}/dir`,
		rootFile,
		issuedRoot,
		httpPort,
		tlsPort,
		countIssued: () => pebble.output().match(/Issued certificate serial/g)?.length ?? 0,
		way,
		async lead(name, address) {
			const body = JSON.stringify({ host: `${name}.`, addresses: [address] });
			const answer = await fetch(`http://127.0.0.1:${dnsManagement}/add-a`, { method: 'POST', body });
			if (!answer.ok) throw new Error(`the name server says ${answer.status}`);
		},
		async close() {
			await way.close();
			await Promise.all([pebble.stop(), names.stop()]);
		},
	};
}

/** Signed by itself: whoever trusts it knows the directory. */
async function makeCertificate(file: string, keyFile: string): Promise<void> {
	const { code, output } = await runToEnd('openssl', [
		...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
		...['-subj', '/CN=directory', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', file],
	]);
	if (code !== 0) throw new Error(output);
}

async function get(url: string, ca: string): Promise<string> {
	const answer = Promise.withResolvers<string>();
	request(url, { ca, agent: false }, (response) => {
		const parts: string[] = [];
		response.setEncoding('utf8').on('data', (part: string) => parts.push(part));
		response.on('end', () => answer.resolve(parts.join('')));
	})
		.on('error', answer.reject)
		.end();
	return await answer.promise;
}
