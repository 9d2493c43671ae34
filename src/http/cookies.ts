/** Cookies that no script reads and no other host sets. */

export interface CookieJar {
	/** Null when the browser has none of this name, or several: then somebody put one beside ours. */
	read(header: string | undefined): string | null;
	/** For `set-cookie`. @param seconds how long the browser keeps it. */
	write(value: string, seconds: number): string;
	clear(): string;
}

/** Over https with the prefix that keeps subdomains from setting it; on this machine's own plain http not every browser takes that. */
export function createCookie(name: string, publicUrl: string): CookieJar {
	const isSecure = publicUrl.startsWith('https:');
	const fullName = isSecure ? `__Host-${name}` : name;
	const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
	return {
		read(header = '') {
			const values = header.split(';').flatMap((pair) => {
				const [key = '', ...value] = pair.trim().split('=');
				return key === fullName ? [value.join('=')] : [];
			});
			return values.length === 1 ? (values[0] ?? null) : null;
		},
		write: (value, seconds) => `${fullName}=${value}; Max-Age=${seconds}; ${attributes}`,
		clear: () => `${fullName}=; Max-Age=0; ${attributes}`,
	};
}
