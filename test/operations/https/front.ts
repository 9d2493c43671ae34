/** What both ways of HTTPS have in common for their proof. */

import type { AcmeDirectory } from './acme-directory.ts';
import type { Server } from './caller.ts';

export interface FrontOptions {
	directory: AcmeDirectory;
	domain: string;
	/** `host:port` of each process of the program, with a space between two. */
	upstreams: string;
	/** For everything that it keeps between starts. */
	folder: string;
}

export interface Front extends Server {
	/** Also after `stop`: a container made anew, with the folder of the one before. Does not wait for anything. */
	start(): Promise<void>;
	stop(): Promise<void>;
	/** One look at whether a new certificate is due, where it does not look by itself. */
	look(): Promise<void>;
	/** All that it has written, this time. */
	output(): string;
	/** Whether it has ended by itself. */
	hasEnded(): boolean;
}

/** The variables that both know. */
export function variablesOf({ directory, domain, upstreams }: FrontOptions): Record<string, string> {
	return {
		OPENCCB_DOMAIN: domain,
		OPENCCB_UPSTREAMS: upstreams,
		LISTEN: '127.0.0.1',
		HTTP_PORT: `${directory.httpPort}`,
		HTTPS_PORT: `${directory.tlsPort}`,
		ACME_DIRECTORY: directory.url,
		ACME_CA_ROOT: directory.rootFile,
	};
}

export function serverOf({ directory, domain }: FrontOptions): Server {
	return { domain, httpPort: directory.httpPort, httpsPort: directory.tlsPort, root: directory.issuedRoot };
}
