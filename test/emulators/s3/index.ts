/** A local service that speaks S3: one bucket, addressed by path, signatures checked, every page and error as Amazon documents them. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { forThisMachine } from '../own-machine.ts';
import { S3Failure } from './failure.ts';
import { createFaults, type Fault, type Faults, type Operation } from './faults.ts';
import { type Bucket, carryOut, escapeXml, type S3Answer, type S3Request, type StoredObject } from './operations.ts';
import { type Credentials, checkSignature } from './signature.ts';

export interface S3EmulatorOptions {
	/** False for a service that knows no `If-None-Match` when an object is put; true when not given. */
	knowsConditions?: boolean;
	/** False for a key without `s3:ListBucket`; true when not given. */
	mayList?: boolean;
	/** The system's time when not given. */
	now?: () => number;
}

export interface S3Emulator extends Credentials {
	url: string;
	bucket: string;
	/** By key; a test may change them. */
	objects: Map<string, StoredObject>;
	faults: Pick<Faults, 'add'>;
	/** Every request, in order. */
	calls: S3Call[];
	close(): Promise<void>;
}

export interface S3Call {
	operation: Operation;
	key: string;
	/** The code of an error, as `NoSuchKey`, or `ok`; null for no answer. */
	outcome: string | null;
}

const operations: Readonly<Record<string, Operation>> = { GET: 'get', HEAD: 'head', PUT: 'put', DELETE: 'delete' };

const failures: Readonly<Partial<Record<Fault['kind'], S3Failure>>> = {
	'slow-down': new S3Failure(503, 'SlowDown', 'Please reduce your request rate.'),
	'internal-error': new S3Failure(500, 'InternalError', 'We encountered an internal error. Please try again.'),
	conflict: new S3Failure(409, 'ConditionalRequestConflict', 'A conflicting operation occurred during the request.'),
	full: new S3Failure(507, 'XMinioStorageFull', 'Storage backend has reached its minimum free drive threshold.'),
	denied: new S3Failure(403, 'AccessDenied', 'Access Denied'),
};

/** Starts the service on loopback. */
export async function startS3Emulator(options: S3EmulatorOptions = {}): Promise<S3Emulator> {
	const credentials = { accessKeyId: 'AKIAEMULATOR', secretAccessKey: 'emulated/secret+key', region: 'eu-south-2' };
	const { now = Date.now, knowsConditions = true, mayList = true } = options;
	const bucket: Bucket = { objects: new Map(), knowsConditions, mayList, now };
	const faults = createFaults();
	const calls: S3Call[] = [];
	const server = createServer(
		forThisMachine(
			(incoming, response) => void respond({ name: 'documents', bucket, credentials, faults, calls, now }, incoming, response),
		),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		...credentials,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		bucket: 'documents',
		objects: bucket.objects,
		faults,
		calls,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

interface Service {
	name: string;
	bucket: Bucket;
	credentials: Credentials;
	faults: Faults;
	calls: S3Call[];
	now(): number;
}

/** Never rejects: whoever goes away in the middle of a request gets no answer. */
async function respond(service: Service, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
	const { method = 'GET', url: target = '/' } = incoming;
	const { pathname, searchParams: query } = new URL(target, 'http://emulator');
	const [, name = '', key = ''] = /^\/([^/]*)\/?(.*)$/.exec(pathname)?.map(decodeURIComponent) ?? [];
	const operation = key === '' ? 'list' : (operations[method] ?? 'get');
	const body = await buffer(incoming).catch(() => null);
	if (body === null) return;
	const headers = incoming.headers as Record<string, string | undefined>;
	const fault = service.faults.take(operation);
	const call: S3Call = { operation, key, outcome: null };
	service.calls.push(call);
	if (fault === 'hang') return;
	if (fault === 'reset') return void incoming.socket.destroy();
	const answer = answerOf(() => {
		checkSignature({ method, target, headers, body }, service.credentials, service.now());
		if (name !== service.name) throw new S3Failure(404, 'NoSuchBucket', 'The specified bucket does not exist');
		const failure = fault === undefined ? undefined : failures[fault];
		if (failure !== undefined) throw failure;
		return carryOut(service.bucket, { operation, key, query, headers, body } satisfies S3Request);
	});
	if (fault === 'stored-then-reset') return void incoming.socket.destroy();
	call.outcome = answer.code;
	write(response, method, answer, fault === 'cut');
}

function answerOf(handle: () => S3Answer): S3Answer & { code: string } {
	try {
		return { ...handle(), code: 'ok' };
	} catch (error) {
		if (!(error instanceof S3Failure)) throw error;
		const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
		return { status: error.status, headers: { 'content-type': 'application/xml' }, body, code: error.code };
	}
}

/** An answer to `HEAD` has the headers of the one to `GET`, and no body. */
function write(response: ServerResponse, method: string, { status, headers, body = '' }: S3Answer, isCut: boolean): void {
	const content = Buffer.from(body);
	response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'content-length': content.length }) });
	if (method === 'HEAD') return void response.end();
	if (!isCut) return void response.end(content);
	response.write(content.subarray(0, Math.floor(content.length / 2)), () => response.destroy());
}
