/* Which characters may be sent. terminfo does not tell: xterm and a VT100 have the same entry in it (acsc), and U8 says something about
 * line drawing only. So it is by names; a terminal that is not among them is taken for one of today.
 */
#include "viz/text/charset.h"

#include <langinfo.h>
#include <stddef.h>
#include <string.h>

/* A type of these, or one of them with a dash and more behind it: linux-c, vt100-nav. */
static const char *const limited[] = {
        "ansi",  "pcansi", "linux", "linux16", "cons25", "sun",    "at386",  "qnx",
        "minix", "mach",   "hft",   "wy50",    "wy60",   "wyse50", "wyse60", "tvi925",
};

/* VT52 to VT525, with or without letters behind the number. */
static bool is_vt(const char *term)
{
	return strncmp(term, "vt", 2) == 0 && term[2] >= '0' && term[2] <= '9';
}

bool viz_charset_is_limited(const char *term)
{
	if (term == NULL)
		return false;
	size_t n = strcspn(term, "-");
	for (size_t i = 0; i < sizeof limited / sizeof limited[0]; i++)
		if (strncmp(limited[i], term, n) == 0 && limited[i][n] == '\0')
			return true;
	return is_vt(term);
}

bool viz_charset_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
