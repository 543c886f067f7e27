/* Where an export goes. A stream goes through out_file.h; what has to be written by path, through out_path.h, and
 * from there to standard output if that is asked for.
 */
#include "viz/export/export_write.h"

#include <errno.h>
#include <string.h>

#include "viz/files/out_file.h"
#include "viz/files/out_path.h"
#include "viz/files/temporary.h"

/* What the one format that is a folder holds. */
static const char *const folder_files[2] = {"metadata", "stream"};

static bool is_stdout(const struct viz_options *options)
{
	return options->out == NULL || strcmp(options->out, "-") == 0;
}

/* The sentence of a writer. Of a stream only out_file.h knows the name, so it speaks first. */
static int report(const struct trace_error *error, struct viz_problem *problem)
{
	viz_problem_set(problem, "%s", error->text);
	return VIZ_EXIT_FAILED;
}

/* The sentence of a writer that knows only the temporary name: the user's goes in its place. */
static int report_path(const struct trace_error *error, const struct viz_out_path *out,
                       struct viz_problem *problem)
{
	const char *at = strstr(error->text, out->temp);
	if (at == NULL)
		return report(error, problem);
	viz_problem_set(problem, "%.*s%s%s", (int)(at - error->text), error->text, out->path,
	                at + strlen(out->temp));
	return VIZ_EXIT_FAILED;
}

static int write_stream(const struct trace_export *export, const struct viz_options *options,
                        const struct viz_format *format, struct viz_problem *problem)
{
	struct viz_out_file out;
	struct trace_error error = {0};
	int rc = viz_out_file_open(&out, is_stdout(options) ? NULL : options->out, problem);
	if (rc != 0)
		return rc;
	if (format->ops != NULL)
		rc = format->ops->write(export, out.file, &error);
	else
		rc = format->paint(export, options, out.file, &error);
	int reason = errno;
	if (rc != 0 && !ferror(out.file)) {
		viz_out_file_abandon(&out);
		return report(&error, problem);
	}
	errno = ferror(out.file) ? reason : 0;
	return viz_out_file_commit(&out, problem);
}

static int copy_to_stdout(const char *path, struct viz_problem *problem)
{
	struct viz_out_file out;
	char bytes[65536];
	size_t n;
	FILE *from = fopen(path, "rb");
	if (from == NULL) {
		viz_problem_set(problem, "cannot read '%s': %s", path, strerror(errno));
		return VIZ_EXIT_FAILED;
	}
	int rc = viz_out_file_open(&out, NULL, problem);
	while (rc == 0 && (n = fread(bytes, 1, sizeof bytes, from)) > 0 && !ferror(out.file))
		fwrite(bytes, 1, n, out.file);
	fclose(from);
	return rc == 0 ? viz_out_file_commit(&out, problem) : rc;
}

static int write_by_temporary(const struct trace_export *export, const struct viz_format *format,
                              struct viz_problem *problem)
{
	struct viz_temporary temporary;
	struct trace_error error = {0};
	if (viz_temporary_create(&temporary, "-journal", problem) != 0)
		return VIZ_EXIT_FAILED;
	int rc = format->ops->write_path(export, temporary.path, &error) == 0
	                 ? copy_to_stdout(temporary.path, problem)
	                 : report(&error, problem);
	viz_temporary_drop(&temporary);
	return rc;
}

static int write_path(const struct trace_export *export, const struct viz_options *options,
                      const struct viz_format *format, struct viz_problem *problem)
{
	struct viz_out_path out;
	struct trace_error error = {0};
	bool is_folder = format->ops->shape == TRACE_FORMAT_FOLDER;
	if (is_folder && is_stdout(options))
		return viz_problem_set(problem, "%s is a folder of files: say -o FOLDER",
		                       format->name);
	if (is_stdout(options))
		return write_by_temporary(export, format, problem);
	int rc = is_folder ? viz_out_path_open_folder(&out, options->out, folder_files, problem)
	                   : viz_out_path_open(&out, options->out, problem);
	if (rc != 0)
		return rc;
	if (format->ops->write_path(export, out.temp, &error) != 0) {
		viz_out_path_abandon(&out, folder_files);
		return report_path(&error, &out, problem);
	}
	return viz_out_path_commit(&out, folder_files, problem);
}

int viz_export_write(const struct trace_export *export, const struct viz_options *options,
                     const struct viz_format *format, struct viz_problem *problem)
{
	if (format->ops != NULL && format->ops->shape != TRACE_FORMAT_STREAM)
		return write_path(export, options, format, problem);
	return write_stream(export, options, format, problem);
}
