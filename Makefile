# ganttop: one Makefile, nothing recursive about the sources.
#
#   make            builds ./ganttop              make V=1        shows every command in full
#   make help       lists the targets             make CC=clang CFLAGS='-O3 -g' LDFLAGS=...   is respected
#
# Sources are found by wildcard in each folder. Objects, libraries and test programs of a flavour live in
# build/FLAVOUR/ and never mix. Libraries are looked up with pkg-config when a recipe needs them and not when
# this file is read, so `make demo` can install them first.

FLAVOUR ?= release
CFLAGS  ?= -O2 -g
AR      ?= ar
PREFIX  ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

# As many jobs as there are processors, unless the caller says how many or is a make itself.
ifeq ($(MAKELEVEL)$(findstring -j,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:

# ---- Output: one short line a step, V=1 for the whole command -----------------------------------------
ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-8s %s\n' '$(1)' '$(2)'
endif

# ---- Flags: ours beside the user's --------------------------------------------------------------------
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wundef -Wvla
# All but release and lint are debug builds of the library: they know which handles live (runtime/handle.h).
SANITIZE_asan     := -DGT_DEBUG -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all \
	-Wno-format-truncation
SANITIZE_tsan     := -DGT_DEBUG -O1 -g -fno-omit-frame-pointer -fsanitize=thread -Wno-format-truncation
SANITIZE_debug    := -DGT_DEBUG -O0 -g3
SANITIZE_valgrind := -DGT_DEBUG -O1 -g
# The runtime without a question whether to record, for bench/ to compare with.
SANITIZE_bare     := -DGT_UNRECORDED
# For fuzzing with clang (libFuzzer) and afl-clang-fast: every object counts its branches.
SANITIZE_fuzz := -DGT_DEBUG -DGANTTOP_FUZZ -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
SANITIZE_afl  := -DGT_DEBUG -DGANTTOP_FUZZ -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAVOURS := release debug asan tsan valgrind bare fuzz afl lint lint-clang
ifeq ($(filter $(FLAVOUR),$(FLAVOURS)),)
$(error FLAVOUR=$(FLAVOUR) is none of: $(FLAVOURS))
endif
SANITIZE := $(SANITIZE_$(FLAVOUR))

# pkg-config is asked once, when the first recipe needs the answer.
pkg_ask = $(shell pkg-config $(1) $(2) 2>/dev/null || echo MISSING)
pkg     = $(if $(findstring MISSING,$(call pkg_ask,$(1),$(2))),$(error cannot build: pkg-config does not find \
	all of '$(2)'; `make deps` installs what is missing, or see CONTRIBUTING.md),$(call pkg_ask,$(1),$(2)))
RUN_PACKAGES  := libuv ncursesw
TEST_PACKAGES := cmocka vterm
RUN_CFLAGS  = $(eval RUN_CFLAGS := $(call pkg,--cflags,$(RUN_PACKAGES)))$(RUN_CFLAGS)
RUN_LIBS    = $(eval RUN_LIBS := $(call pkg,--libs,$(RUN_PACKAGES)))$(RUN_LIBS)
# SQLite is asked for and not insisted on: without it one format of export says that it is missing.
pkg_if    = $(shell pkg-config --exists $(2) 2>/dev/null && pkg-config $(1) $(2) && echo '$(3)')
SQLITE_CFLAGS = $(eval SQLITE_CFLAGS := $(call pkg_if,--cflags,sqlite3,-DGANTTOP_SQLITE))$(SQLITE_CFLAGS)
SQLITE_LIBS   = $(eval SQLITE_LIBS := $(call pkg_if,--libs,sqlite3))$(SQLITE_LIBS)
TEST_CFLAGS = $(eval TEST_CFLAGS := $(call pkg,--cflags,$(TEST_PACKAGES)))$(TEST_CFLAGS)
TEST_LIBS   = $(eval TEST_LIBS := $(call pkg,--libs,$(TEST_PACKAGES)))$(TEST_LIBS)

OUR_CFLAGS = -std=c11 -D_GNU_SOURCE -DGANTTOP_VERSION='"$(VERSION)"' -I. -pthread $(WARN) \
	$(if $(WERROR),-Werror) $(RUN_CFLAGS) $(SQLITE_CFLAGS)
# A flavour's own optimisation counts, so it stands after CFLAGS.
COMPILE = $(CC) $(OUR_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) $(OF_FOLDER)
LINK    = $(CC) -pthread $(CFLAGS) $(SANITIZE) $(LDFLAGS)

# ---- What there is ------------------------------------------------------------------------------------
B := build/$(FLAVOUR)
TRACE_SRC     := $(sort $(wildcard trace/*.c trace/*/*.c))
RUNTIME_SRC   := $(sort $(wildcard runtime/*.c runtime/*/*.c runtime/*.S))
SCENARIOS_SRC := $(sort $(wildcard scenarios/*.c))
GTS_SRC       := $(sort $(wildcard scenarios/gts/*.c))
TEACHING_SRC  := $(sort $(wildcard scenarios/teaching/*.c))
VIZ_SRC       := $(sort $(filter-out viz/main.c,$(wildcard viz/*.c viz/*/*.c)))
MAIN_SRC      := $(wildcard viz/main.c)
TWINS         := $(sort $(wildcard scenarios/python/*.py))
GEN           := build/gen/scenario_sources.c
PAGE          := build/gen/html_page.c
PAGE_SRC      := viz/html/page.css viz/html/page.html viz/html/page.js

object = $(patsubst %,$(B)/%.o,$(basename $(1)))
TRACE_OBJ     := $(call object,$(TRACE_SRC))
RUNTIME_OBJ   := $(call object,$(RUNTIME_SRC))
SCENARIOS_OBJ := $(call object,$(SCENARIOS_SRC) $(GTS_SRC) $(TEACHING_SRC)) $(B)/gen/scenario_sources.o
VIZ_OBJ       := $(call object,$(VIZ_SRC)) $(B)/gen/html_page.o
MAIN_OBJ      := $(call object,$(MAIN_SRC))
# What is inlined into the runtime's functions writes below the stack pointer (runtime/switch.h).
ifneq ($(findstring x86_64,$(shell $(CC) -dumpmachine 2>/dev/null)),)
$(RUNTIME_OBJ): OF_FOLDER := -mno-red-zone -DGT_NO_RED_ZONE
endif
LIBS := $(B)/libviz.a $(B)/libscenarios.a $(B)/libganttop.a
# What is linked against them, in an order that does not matter.
LINK_LIBS = -Wl,--start-group $(LIBS) -Wl,--end-group
ifeq ($(shell uname -s),Darwin)
LINK_LIBS = $(LIBS) $(LIBS)
endif

TEST_SRC    := $(sort $(wildcard tests/*/test_*.c))
TEST_HELPER := $(sort $(filter-out $(TEST_SRC),$(wildcard tests/*/*.c)))
TEST_PROG   := $(patsubst %.c,$(B)/%,$(TEST_SRC))
FUZZ_HELPER := $(sort $(filter-out tests/fuzz/fuzz_% tests/fuzz/test_%,$(wildcard tests/fuzz/*.c)))
FUZZ_PROG   := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
WALK         := $(B)/tests/conformance/api_walk
BENCH_SRC    := $(sort $(wildcard bench/bench_*.c))
BENCH_HELPER := $(sort $(filter-out $(BENCH_SRC),$(wildcard bench/*.c)))
BENCH_PROG  := $(patsubst %.c,$(B)/%,$(BENCH_SRC))
FLOOR       := $(B)/bench/peers/floor

# ---- Targets ------------------------------------------------------------------------------------------
.PHONY: fuzz fuzz-programs interop all objects bench-programs demo check test tests conformance lint monkey asan tsan valgrind golden screenshots bench install uninstall \
	deps deps-check clean walks help FORCE
.DEFAULT_GOAL := all

PROGRAM := $(if $(MAIN_SRC),$(if $(filter release,$(FLAVOUR)),ganttop,$(B)/ganttop),$(LIBS))

all: $(PROGRAM) ## build ./ganttop

ganttop: build/release/ganttop
	$(call say,COPY,$@)
	$(Q)cp -f $< $@.new && mv -f $@.new $@

demo: ## install what is missing, build, and open the menu of lessons (DEPS=skip installs nothing)
	$(Q)scripts/deps.sh run
	$(Q)$(MAKE) all
	$(Q)scripts/demo.sh

check: ## install what the tests need, build, run every test: release, ASan+UBSan, and valgrind
	$(Q)scripts/deps.sh check
	$(Q)$(MAKE) ganttop
	$(Q)$(MAKE) tests FLAVOUR=release
	$(Q)$(MAKE) tests FLAVOUR=asan
	$(Q)$(MAKE) tests FLAVOUR=valgrind
	$(Q)tests/run release asan valgrind
	$(Q)$(MAKE) fuzz S=$(or $(S),10)

test: tests ## run the tests of one flavour; T=tests/viz names a folder or a program
	$(Q)tests/run $(FLAVOUR) $(T)

tests: all $(TEST_PROG) $(WALK)

objects: $(TRACE_OBJ) $(RUNTIME_OBJ) $(SCENARIOS_OBJ) $(VIZ_OBJ) $(MAIN_OBJ) \
	$(call object,$(TEST_SRC) $(TEST_HELPER) $(BENCH_SRC) $(BENCH_HELPER) bench/peers/floor.c)

asan: ## build and run every test under ASan and UBSan
	$(Q)$(MAKE) test FLAVOUR=asan

tsan: ## build and run every test under TSan
	$(Q)$(MAKE) test FLAVOUR=tsan

valgrind: ## build and run the suites of trace/ and runtime/ under valgrind
	$(Q)$(MAKE) test FLAVOUR=valgrind

monkey: ## random keys, mouse events and sizes for each lesson under ASan and UBSan (N=100000 keys each, SEED=0): ten minutes; then a terminal's share
	$(Q)$(MAKE) FLAVOUR=asan build/asan/tests/viz/test_monkey build/asan/tests/pty/test_monkey build/asan/ganttop
	$(Q)MONKEY_KEYS=$(or $(N),100000) MONKEY_SEED=$(or $(SEED),0) build/asan/tests/viz/test_monkey
	$(Q)MONKEY_KEYS=$$(( $(or $(N),100000) / 50 )) MONKEY_SEED=$(or $(SEED),0) LIMIT_S=900 tests/run asan tests/pty/test_monkey

conformance: ganttop ## run N random programs on CPython's asyncio and on ours (N=2000, SEED=0 or random, SIZE=1 to 5, TEMPER=wild)
	$(Q)tests/conformance/conformance.py --count $(or $(N),2000) --seed $(or $(SEED),0) $(if $(SIZE),--size $(SIZE)) \
		$(if $(TEMPER),--temper $(TEMPER))

walks: $(WALK) ## let N random walks call the API, and CPython's asyncio the same way (N=5000, SEED=0 or random)
	$(Q)tests/conformance/walks.py --count $(or $(N),5000) --seed $(or $(SEED),0)

fuzz: ## fuzz every target for S seconds (60) with libFuzzer, or with AFL++: FUZZER=afl; T=reader names one
	$(Q)scripts/deps.sh fuzz $(if $(filter afl,$(FUZZER)),afl)
	$(Q)$(MAKE) fuzz-programs $(if $(filter afl,$(FUZZER)),FLAVOUR=afl CC=afl-clang-fast,FLAVOUR=fuzz CC=clang)
	$(Q)FUZZER=$(or $(FUZZER),libfuzzer) scripts/fuzz.sh $(or $(S),60) $(T)

fuzz-programs: $(FUZZ_PROG)

interop: ganttop ## export every lesson in every format, and read it all with programs that are not ours (L=LESSONS)
	$(Q)scripts/deps.sh interop
	$(Q)python3 tests/interop/interop.py $(L)

lint: ## formatting, include graph, warnings of two compilers, forbidden functions, sizes, documents
	$(Q)scripts/deps.sh lint
	$(Q)scripts/lint.sh

golden: tests ## rewrite the golden screens; review them as a diff
	$(Q)GOLDEN=write tests/run release tests/viz
	$(Q)git --no-pager diff --stat -- tests 2>/dev/null || :

screenshots: ganttop ## make the pictures of the README with the program's own painter
	$(Q)scripts/screenshots.sh

bench: ## measure, print, and write bench/RESULTS.md with the machine and the date
	$(Q)scripts/deps.sh run bench
	$(Q)$(MAKE) ganttop bench-programs
	$(Q)$(MAKE) bench-programs FLAVOUR=bare
	$(Q)bench/run.sh

bench-programs: $(BENCH_PROG) $(FLOOR)

deps: ## install what is missing to build, run, test and lint
	$(Q)scripts/deps.sh run check lint

deps-check: ## say what is missing, and install nothing
	$(Q)DEPS=list scripts/deps.sh run check lint

# ---- Building -----------------------------------------------------------------------------------------
# Stamps: objects are made again when the flags change, libraries when a source comes or goes.
$(B)/flags: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(subst ','\'',$(COMPILE) | $(LINK))' | cmp -s - $@ || \
		printf '%s\n' '$(subst ','\'',$(COMPILE) | $(LINK))' > $@

$(B)/sources: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(TRACE_SRC) $(RUNTIME_SRC) $(SCENARIOS_SRC) $(GTS_SRC) $(TEACHING_SRC) $(VIZ_SRC)' | cmp -s - $@ || \
		printf '%s\n' '$(TRACE_SRC) $(RUNTIME_SRC) $(SCENARIOS_SRC) $(GTS_SRC) $(TEACHING_SRC) $(VIZ_SRC)' > $@

build/gen/sources: FORCE
	@mkdir -p build/gen
	@printf '%s\n' '$(SCENARIOS_SRC) $(TWINS)' | cmp -s - $@ || printf '%s\n' '$(SCENARIOS_SRC) $(TWINS)' > $@

$(B)/%.o: %.c $(B)/flags
	$(call say,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(if $(filter tests/%,$<),$(TEST_CFLAGS)) -MMD -MP -c -o $@ $<

$(B)/%.o: %.S $(B)/flags
	$(call say,AS,$@)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(B)/gen/%.o: build/gen/%.c $(B)/flags
	$(call say,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# The lessons' sources go into the program, for `ganttop explain` and the source pane.
$(GEN): scripts/embed.sh $(SCENARIOS_SRC) $(TWINS) build/gen/sources
	$(call say,EMBED,$@)
	@mkdir -p $(@D)
	$(Q)scripts/embed.sh $(SCENARIOS_SRC) $(TWINS) > $@.new && mv -f $@.new $@

# So does the page of the HTML export.
$(PAGE): scripts/embed_page.sh $(PAGE_SRC)
	$(call say,EMBED,$@)
	@mkdir -p $(@D)
	$(Q)scripts/embed_page.sh $(PAGE_SRC) > $@.new && mv -f $@.new $@

define archive
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)
endef
$(B)/libganttop.a: $(TRACE_OBJ) $(RUNTIME_OBJ) $(B)/sources
	$(archive)
$(B)/libscenarios.a: $(SCENARIOS_OBJ) $(B)/sources
	$(archive)
$(B)/libviz.a: $(VIZ_OBJ) $(B)/sources
	$(archive)

$(B)/ganttop: $(MAIN_OBJ) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $(MAIN_OBJ) $(LINK_LIBS) $(RUN_LIBS) $(SQLITE_LIBS)

# A test program: its own object, its folder's helpers, and everything but viz/main.c.
percent := %
.SECONDEXPANSION:
$(TEST_PROG): $(B)/%: $(B)/%.o $$(call object,$$(filter $$(dir $$*)$$(percent),$(TEST_HELPER))) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(LINK_LIBS) $(TEST_LIBS) $(RUN_LIBS) $(SQLITE_LIBS) -lm

# Walks are given by a script (tests/conformance/test_walks.py).
$(WALK): $(call object,$(filter tests/conformance/%,$(TEST_HELPER))) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(LINK_LIBS) $(RUN_LIBS) $(SQLITE_LIBS) -lm

# The tests of missing memory put themselves between the library and the C library.
WRAPPED := malloc calloc realloc strdup vasprintf asprintf mmap open_memstream
# The sentences are tried on programs that run.
$(B)/tests/viz/test_why: $(call object,$(filter-out tests/runtime/test_%,$(filter tests/runtime/%,$(TEST_HELPER))))
$(B)/tests/%/test_memory $(B)/tests/trace/test_import_memory $(B)/tests/viz/test_export_memory: LINK += $(WRAPPED:%=-Wl,--wrap=%)
# Those of a disk that refuses, too.
DISK_CALLS := posix_fallocate mmap ftruncate rename pwrite flock
$(B)/tests/%/test_disk: LINK += $(DISK_CALLS:%=-Wl,--wrap=%)
GROWTH_CALLS := posix_fallocate mmap munmap madvise pwrite pthread_create
$(B)/tests/%/test_growth: LINK += $(GROWTH_CALLS:%=-Wl,--wrap=%)

# Exports make a file beside the one that they are for.
OUT_CALLS := mkstemp mkdtemp fdopen rename
$(B)/tests/viz/test_export_disk: LINK += $(OUT_CALLS:%=-Wl,--wrap=%)
# Imports read one file and write another.
IMPORT_CALLS := posix_fallocate ftruncate pwrite read
$(B)/tests/trace/test_import_disk: LINK += $(IMPORT_CALLS:%=-Wl,--wrap=%)
# Parsers are fed by a read of their test's own.
FED := read
$(B)/tests/trace/test_pull: LINK += $(FED:%=-Wl,--wrap=%)

ifneq ($(filter fuzz afl,$(FLAVOUR)),)
$(FUZZ_PROG): $(B)/%: $(B)/%.o $(call object,$(FUZZ_HELPER)) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $(filter %.o,$^) $(LINK_LIBS) $(RUN_LIBS) $(SQLITE_LIBS) -lm
endif

$(BENCH_PROG): $(B)/%: $(B)/%.o $(call object,$(BENCH_HELPER)) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(LINK_LIBS) $(RUN_LIBS) $(SQLITE_LIBS) -lm

# The floor is nobody's but its own; elsewhere than on x86-64 it only says so.
$(FLOOR): $(call object,bench/peers/floor.c bench/measure.c)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)

# The manual page: the keys in it come from the program's own table of actions.
build/ganttop.1: docs/ganttop.1.in ganttop
	$(call say,MAN,$@)
	$(Q)./ganttop _keys man > build/keys.man
	$(Q)sed -e '/^@KEYS@$$/{r build/keys.man' -e 'd;}' -e 's/@VERSION@/$(VERSION)/g' $< > $@.new && mv -f $@.new $@

# ---- Installing ---------------------------------------------------------------------------------------
INSTALL ?= install
bin     := $(DESTDIR)$(PREFIX)/bin
man1    := $(DESTDIR)$(PREFIX)/share/man/man1
include := $(DESTDIR)$(PREFIX)/include
lib     := $(DESTDIR)$(PREFIX)/lib
bash    := $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zsh     := $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fish    := $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

install: ganttop build/ganttop.1 ## install under PREFIX (/usr/local) below DESTDIR
	$(call say,INSTALL,$(DESTDIR)$(PREFIX))
	$(Q)$(INSTALL) -d $(bin) $(man1) $(include) $(lib)/pkgconfig
	$(Q)$(INSTALL) -m 755 ganttop $(bin)/ganttop
	$(Q)$(INSTALL) -m 644 build/ganttop.1 $(man1)/ganttop.1
	$(Q)$(INSTALL) -m 644 runtime/ganttop.h $(include)/ganttop.h
	$(Q)$(INSTALL) -m 644 build/release/libganttop.a $(lib)/libganttop.a
	$(Q)sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' scripts/ganttop.pc.in > $(lib)/pkgconfig/ganttop.pc
	$(Q)if [ -f completions/ganttop.bash ]; then $(INSTALL) -d $(bash) && \
		$(INSTALL) -m 644 completions/ganttop.bash $(bash)/ganttop; fi
	$(Q)if [ -f completions/ganttop.zsh ]; then $(INSTALL) -d $(zsh) && \
		$(INSTALL) -m 644 completions/ganttop.zsh $(zsh)/_ganttop; fi
	$(Q)if [ -f completions/ganttop.fish ]; then $(INSTALL) -d $(fish) && \
		$(INSTALL) -m 644 completions/ganttop.fish $(fish)/ganttop.fish; fi

uninstall: ## remove what install has put there
	$(call say,REMOVE,$(DESTDIR)$(PREFIX))
	$(Q)rm -f $(bin)/ganttop $(man1)/ganttop.1 $(include)/ganttop.h $(lib)/libganttop.a \
		$(lib)/pkgconfig/ganttop.pc $(bash)/ganttop $(zsh)/_ganttop $(fish)/ganttop.fish

clean: ## remove everything that was built
	$(Q)rm -rf build ganttop

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
