# Report files over 600 lines and functions over 80. A function's body is what stands between a `{` and a `}` in the
# first column, which clang-format guarantees for this style. Prints the offenders; exits 1 if there are any.
# runtime/ganttop.h may be longer: it is the whole public interface with its documentation, and one header on purpose.
FNR == 1 { finish(); file = FILENAME; lines = 0; in_body = 0 }
{ lines = FNR }
/^[a-z].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
/^\{/ { in_body = 1; start = FNR }
/^\}/ && in_body {
	in_body = 0
	if (FNR - start - 1 > 80) {
		printf "%s:%d: %s has %d lines, at most 80 are allowed\n", FILENAME, start, name, FNR - start - 1
		bad = 1
	}
}
END { finish(); exit bad }
function finish() {
	if (lines > 600 && file != "runtime/ganttop.h") {
		printf "%s: %d lines, at most 600 are allowed\n", file, lines
		bad = 1
	}
}
