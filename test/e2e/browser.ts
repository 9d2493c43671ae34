/** A browser as the program sees it, behind a proxy that speaks https for it: it keeps its cookies, and asks for one thing after another. */

import { type OutgoingHttpHeaders, request } from 'node:http';

export interface Browser {
	call<Body>(method: string, path: string, body?: object | Buffer, headers?: OutgoingHttpHeaders): Promise<{ status: number; body: Body }>;
}

/** Under `publicUrl` of the program's settings. @param address the program's own, now. */
export function openBrowser(publicUrl: string, address: () => string): Browser {
	const cookies = new Map<string, string>();
	return {
		async call<Body>(method: string, path: string, body?: object | Buffer, headers: OutgoingHttpHeaders = {}) {
			const isBytes = Buffer.isBuffer(body);
			const sent = {
				host: new URL(publicUrl).host,
				'sec-fetch-site': 'same-origin',
				'content-type': isBytes ? 'application/octet-stream' : 'application/json',
				cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
				...headers,
			};
			return await new Promise<{ status: number; body: Body }>((resolve, reject) => {
				const asking = request(new URL(`/api/v1${path}`, address()), { method, headers: sent }, async (response) => {
					for (const kept of response.headers['set-cookie'] ?? []) {
						const [name = '', value = ''] = kept.split(';', 1)[0]?.split('=') ?? [];
						cookies.set(name, value);
					}
					const text = (await response.toArray()).join('');
					resolve({ status: response.statusCode ?? 0, body: (text === '' ? null : JSON.parse(text)) as Body });
				});
				asking.on('error', reject).end(body === undefined || isBytes ? body : JSON.stringify(body));
			});
		},
	};
}
