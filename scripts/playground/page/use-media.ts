/** Whether the window matches a media query, kept up to date. */

import { useEffect, useState } from 'preact/hooks';

export function useMedia(query: string): boolean {
	const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
	useEffect(() => {
		const list = window.matchMedia(query);
		const update = () => setMatches(list.matches);
		list.addEventListener('change', update);
		update();
		return () => list.removeEventListener('change', update);
	}, [query]);
	return matches;
}
