/** The coloured initials of a person, or the sign of the bot. */

/** Dark enough for white letters (contrast above 4.5:1). */
const colours = ['#b4402f', '#0f6b8a', '#6b4fa0', '#8a5a0b', '#2f6f3e', '#a03468', '#3f5fa8'];

export function Avatar({ id, name, isBot }: { id: string; name: string; isBot: boolean }) {
	if (isBot) {
		return (
			<span class="avatar avatar-bot" aria-hidden="true">
				<svg viewBox="0 0 32 32" aria-hidden="true">
					<path d="M8 9h16v11H16.500L11 24.500V20H8z" />
					<circle cx="13" cy="14.500" r="1.600" />
					<circle cx="19" cy="14.500" r="1.600" />
				</svg>
			</span>
		);
	}
	return (
		<span class="avatar" style={{ background: colourOf(id) }} aria-hidden="true">
			{initialsOf(name)}
		</span>
	);
}

function initialsOf(name: string): string {
	const words = name.split(' ').filter((word) => word !== '');
	return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

function colourOf(id: string): string {
	let sum = 0;
	for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
	return colours[sum % colours.length] ?? '#3f5fa8';
}
