# shellcheck shell=bash
# What came of loading the model, told in sentences.

# judge_model OUTCOME: a word of load-model.mjs and its numbers.
judge_model() {
	local word first second
	read -r word first second <<<"$1"
	case $word in
		graphics) say model_on_graphics "$first" "$second" ;;
		processor)
			[ -z "$(graphics_makers)" ] || [ "$accepts_processor" = yes ] || ! runs_models_here || stop graphics_unused
			say model_on_processor "$first"
			;;
		short) stop model_too_large "$first" "$second" ;;
		missing) stop model_missing "${settings[OLLAMA_MODEL]:-}" ;;
		*) stop model_host_silent "$(model_host)" ;;
	esac
}
