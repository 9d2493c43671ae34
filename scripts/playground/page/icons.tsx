/** Small drawings in the colour of the text around them; none carries meaning alone, so they are hidden from screen readers. */

const paths = {
	hash: 'M6.5 3 5 17M13 3l-1.500 14M3.500 7.500h13M3 12.500h13',
	lock: 'M5.500 9V6.500a4.500 4.500 0 0 1 9 0V9M4.500 9h11v8h-11z',
	send: 'M3 10 17 3.500 13 17l-3.500-5.500zM9.500 11.500 17 3.500',
	close: 'M5 5l10 10M15 5 5 15',
	up: 'M6.500 9 10 3c1.200 0 2 .9 1.800 2.200L11.300 8h4.200c1 0 1.600.8 1.400 1.700l-1.200 5.600c-.1.7-.7 1.200-1.400 1.200H6.500zM3.500 9h3v7.500h-3z',
	down: 'M13.500 11 10 17c-1.200 0-2-.9-1.800-2.200L8.700 12H4.500c-1 0-1.600-.8-1.400-1.700l1.200-5.600c.1-.7.7-1.200 1.400-1.200h7.800zM16.500 11h-3V3.500h3z',
	reply: 'M8 5 3.500 9.500 8 14M4 9.500h8.500a4 4 0 0 1 4 4V15',
	panel: 'M3 4h14v12H3zM12.500 4v12',
	plug: 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v3',
	at: 'M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0-3v4.500c0 2.500 4 2 4-1.500a7 7 0 1 0-3 5.700',
	plus: 'M10 4v12M4 10h12',
	busy: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.500l3 1.800',
	power: 'M10 3v6.500M6 5.700a6 6 0 1 0 8 0',
	stop: 'M6 6h8v8H6z',
	group:
		'M7.500 9.500a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400zM2.500 16c0-2.800 2.200-4.500 5-4.500s5 1.700 5 4.500M13 9.300a2.300 2.300 0 1 0-.8-4.400M14.500 12c1.900.5 3 2 3 4',
	clip: 'M15.500 9.500 10 15a3.500 3.500 0 0 1-5-5l6-6a2.400 2.400 0 0 1 3.400 3.400l-6 6a1.200 1.200 0 0 1-1.700-1.700l5.300-5.300',
	file: 'M5.500 3h6l3.500 3.500V17h-9.500zM11.500 3v4H15',
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
	return (
		<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
			<path d={paths[name]} />
		</svg>
	);
}
