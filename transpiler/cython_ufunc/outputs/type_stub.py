# SPDX-License-Identifier: BSD-3-Clause
"""Type stubs: what a module has for Python, read off its source's parse tree, as a `.pyi`.

C types become the Python types they are converted to. Whatever has no type in the source, or one that cannot be found
from the source alone, is `Any`.
"""

import builtins
import re
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Sequence, Set, Tuple

from cython_ufunc.outputs.c_types import python_type

_ANY = "Any"
_INDENT = "    "
# Names that an annotation starts from; attributes follow a dot.
_NAME = re.compile(r"(?<![\w.'\"])([^\W\d]\w*)")
_LITERAL_TYPES = {
    "IntNode": "int",
    "FloatNode": "float",
    "ImagNode": "complex",
    "BoolNode": "bool",
    "UnicodeNode": "str",
    "IdentifierStringNode": "str",
    "BytesNode": "bytes",
    "StringNode": "str",
    "JoinedStrNode": "str",
    "ListNode": "list[Any]",
    "SetNode": "set[Any]",
    "DictNode": "dict[Any, Any]",
    "TupleNode": "tuple[Any, ...]",
}
_PLAIN_DEFAULTS = {"IntNode", "FloatNode", "BoolNode", "UnicodeNode", "BytesNode", "NoneNode", "StringNode"}
_DESCRIPTORS = {"property", "staticmethod", "classmethod"}
# Of Cython's own protocol, and what Python calls by slots alone.
_NOT_CALLED = {"__dealloc__", "__richcmp__", "__getbuffer__", "__releasebuffer__", "__cinit__"}
_RETURN_TYPES = {
    "__init__": "None", "__len__": "int", "__bool__": "bool", "__repr__": "str", "__str__": "str", "__hash__": "int",
    "__contains__": "bool", "__setitem__": "None", "__delitem__": "None", "__int__": "int", "__float__": "float",
}  # fmt: skip


def make_stub(module_name: str, tree: Any, declarations: Optional[Any], cython_version: Tuple[int, ...]) -> str:
    """The text of the stub of `module_name`, from Cython's parse trees of its source and of the .pxd beside it."""
    return _Stub(module_name, tree, declarations, cython_version).text()


def _statements(node: Any) -> Iterator[Any]:
    """The statements of a block, those of its branches included, in order."""
    kind = type(node).__name__
    if node is None:
        return
    if kind == "StatListNode":
        for statement in node.stats:
            yield from _statements(statement)
    elif kind == "CompilerDirectivesNode":
        yield from _statements(node.body)
    elif kind == "IfStatNode":
        for clause in node.if_clauses:
            yield from _statements(clause.body)
        yield from _statements(node.else_clause)
    elif kind in ("TryExceptStatNode", "TryFinallyStatNode"):
        yield from _statements(node.body)
    else:
        yield node


def _write(expression: Any) -> str:
    from Cython.Compiler.AutoDocTransforms import AnnotationWriter

    return str(AnnotationWriter(description="annotation").write(expression))


class _Import(NamedTuple):
    """What a name comes from: `import <module>`, or `from <module> import <name>`."""

    module: str
    name: str  # empty for the module itself

    def statement(self, alias: str) -> str:
        if self.name:
            return (
                f"from {self.module} import {self.name} as {alias}"
                if alias != self.name
                else f"from {self.module} import {alias}"
            )
        return f"import {self.module} as {alias}" if alias != self.module else f"import {self.module}"


class _Stub:
    """The stub of one module, as it is put together."""

    def __init__(
        self, module_name: str, tree: Any, declarations: Optional[Any], cython_version: Tuple[int, ...]
    ) -> None:
        self._cython_version = cython_version
        self._package = module_name.rpartition(".")[0]
        self._imports: Dict[str, _Import] = {}
        self._cimports: Dict[str, _Import] = {}
        self._used: Dict[str, _Import] = {}
        self._classes: Set[str] = set()
        self._aliases: Dict[str, str] = {}  # of C types, with the Python type that each becomes
        self._declared = list(_statements(declarations.body)) if declarations else []
        self._statements = list(_statements(tree.body))
        self._variables: Set[tuple[str, str]] = set()
        for statement in [*self._declared, *self._statements]:
            self._note(statement)
        self._lines = list(self._block(self._statements, ""))

    def text(self) -> str:
        imports = sorted({found.statement(alias) for alias, found in self._used.items()})
        imports.append("from typing import Any")
        return "\n".join(["# Made by cython-ufunc from the module's source.", *imports, "", *self._lines, ""])

    # What names mean

    def _note(self, statement: Any) -> None:
        kind = type(statement).__name__
        if kind in ("CClassDefNode", "PyClassDefNode"):
            self._classes.add(str(getattr(statement, "class_name", None) or statement.name))
        elif kind == "CEnumDefNode":
            if statement.name:
                self._aliases[statement.name] = statement.name if statement.create_wrapper else "int"
        elif kind == "CTypeDefNode":
            name, pointers = _declared(statement.declarator)
            self._aliases[name] = self._type_of(statement.base_type, pointers)
        elif kind == "FusedTypeNode":
            types = {self._type_of(base, 0) for base in statement.types}
            self._aliases[statement.name] = _union(types)
        elif kind == "SingleAssignmentNode" and type(statement.rhs).__name__ == "ImportNode":
            module = str(statement.rhs.module_name.value)
            self._imports[str(statement.lhs.name)] = _Import(self._absolute(module, statement.rhs), "")
        elif kind == "FromImportStatNode":
            module = self._absolute(str(statement.module.module_name.value), statement.module)
            for name, target in statement.items:
                self._imports[str(target.name)] = _Import(module, str(name))
        elif kind == "CImportStatNode":
            alias = statement.as_name or str(statement.module_name).split(".")[0]
            self._cimports[str(alias)] = _Import(str(statement.module_name), "")
        elif kind == "FromCImportStatNode":
            module = str(statement.module_name)
            level = getattr(statement, "relative_level", None)
            if level:
                module = self._relative(module, level)
            for entry in statement.imported_names:
                name, alias = str(entry[1]), entry[2]
                self._cimports[str(alias or name)] = _Import(module, name)

    def _absolute(self, module: str, node: Any) -> str:
        level = getattr(node, "level", 0)
        level = getattr(level, "value", level) if level else 0
        return self._relative(module, int(level)) if int(level or 0) > 0 else module

    def _relative(self, module: str, level: int) -> str:
        parts = self._package.split(".")
        base = ".".join(parts[: len(parts) - level + 1])
        return f"{base}.{module}" if base and module else base or module

    def _use(self, name: str) -> bool:
        """True when `name` means something in the stub; has it imported where it must be."""
        if name in self._classes or hasattr(builtins, name) or name == _ANY:
            return True
        found = self._imports.get(name)
        if found is None:
            return False
        if name != _ANY:
            self._used[name] = found
        return True

    # Types

    def _type_of(self, node: Any, pointers: int) -> str:
        """The Python type that the C type of a declaration is converted to."""
        kind = type(node).__name__
        if kind == "CConstOrVolatileTypeNode" or kind == "CConstTypeNode":
            return self._type_of(node.base_type, pointers)
        if kind == "TemplatedTypeNode":
            return self._type_of(node.base_type_node, pointers)
        if kind != "CSimpleBaseTypeNode" or node.name is None:
            return _ANY
        name = str(node.name)
        path = [str(part) for part in node.module_path]
        if pointers:
            return "bytes" if pointers == 1 and name == "char" else _ANY
        if not path and not node.is_basic_c_type:
            if name in self._aliases:
                return self._aliases[name]
            if name in self._classes:
                return name
        module = self._cimports.get(path[0]) if path else self._cimports.get(name)
        if name == "ndarray" and module and module.module == "numpy":
            self._used["numpy"] = _Import("numpy", "")
            return "numpy.ndarray[Any, Any]"
        return "complex" if node.complex else python_type(name) or _ANY

    def _annotation(self, node: Any) -> str:
        text = _write(node.expr)
        if text.startswith(("'", '"')) and text.endswith(text[0]):
            text = text[1:-1]
        simple = re.fullmatch(r"(?:cython|cy)\.(\w+)", text)
        if simple:
            return python_type(simple[1]) or _ANY
        names = set(_NAME.findall(text))
        return text if all(self._use(name) for name in names) else _ANY

    def _argument_type(self, argument: Any) -> str:
        if argument.annotation is not None:
            return self._annotation(argument.annotation)
        if _is_untyped(argument):
            return _ANY
        return self._type_of(argument.base_type, _declared(argument.declarator)[1])

    # Statements

    def _block(self, statements: Iterable[Any], indent: str, in_class: str = "") -> Iterator[str]:
        for statement in statements:
            kind = type(statement).__name__
            if kind in ("DefNode", "AsyncDefNode"):
                yield from self._function(statement, indent, in_class)
            elif kind == "CFuncDefNode":
                yield from self._c_function(statement, indent, in_class)
            elif kind == "CClassDefNode" and not in_class:
                yield from self._extension_type(statement)
            elif kind == "PyClassDefNode":
                yield from self._class(statement, indent)
            elif kind == "PropertyNode":
                yield from self._property(statement, indent)
            elif kind == "CEnumDefNode" and statement.create_wrapper:
                yield from self._enum(statement)
            elif kind == "SingleAssignmentNode":
                yield from self._variable(statement.lhs, statement.rhs, indent)
            elif kind == "ExprStatNode" and getattr(statement.expr, "annotation", None) is not None:
                yield from self._variable(statement.expr, None, indent)
        if not in_class:
            for statement in self._declared:
                if type(statement).__name__ == "CEnumDefNode" and statement.create_wrapper:
                    yield from self._enum(statement)

    def _decorators(self, node: Any) -> Optional[List[str]]:
        """Those that Python sees; None when one of them makes something unknown of the function."""
        result = []
        for decorator in node.decorators or ():
            text = _write(decorator.decorator)
            root = text.split(".")[0].split("(")[0]
            if self._is_of_cython(root):
                if text.endswith(".final") and type(node).__name__ in ("CClassDefNode", "PyClassDefNode"):
                    self._used["final"] = _Import("typing", "final")
                    result.append("final")
                continue
            if text in _DESCRIPTORS or re.fullmatch(r"\w+\.(setter|deleter)", text):
                result.append(text)
            elif root in self._imports and self._use(root):
                result.append(text)
            else:
                return None
        return result

    def _is_of_cython(self, root: str) -> bool:
        found = self._imports.get(root) or self._cimports.get(root)
        return root in ("cython", "cy") or bool(found and found.module.split(".")[0] == "cython")

    def _has_decorator(self, node: Any, name: str) -> bool:
        texts = [_write(decorator.decorator) for decorator in node.decorators or ()]
        return any(
            text.split("(")[0].split(".")[-1] == name and self._is_of_cython(text.split(".")[0]) for text in texts
        )

    def _function(self, node: Any, indent: str, in_class: str, name: str = "") -> Iterator[str]:
        own_name = str(node.name)
        if (own_name in _NOT_CALLED and not name) or self._has_decorator(node, "cfunc"):
            if self._has_decorator(node, "ufunc"):
                yield from self._ufunc(own_name, indent)
            return
        name = name or own_name
        decorators = self._decorators(node)
        if decorators is None:
            yield f"{indent}{name}: {_ANY}"
            return
        if node.return_type_annotation is not None:
            result = self._annotation(node.return_type_annotation)
        else:
            result = _RETURN_TYPES.get(name, _ANY)
            if any(decorator.endswith((".setter", ".deleter")) for decorator in decorators):
                result = "None"
        for decorator in decorators:
            yield f"{indent}@{decorator}"
        parameters = list(self._parameters(node.args, in_class, "staticmethod" in decorators))
        if node.star_arg:
            place = next((index for index, parameter in enumerate(parameters) if parameter == "*"), None)
            star = f"*{self._star(node.star_arg)}"
            if place is None:
                parameters.append(star)
            else:
                parameters[place] = star
        if node.starstar_arg:
            parameters.append(f"**{self._star(node.starstar_arg)}")
        keyword = "async def" if getattr(node, "is_async_def", False) else "def"
        yield f"{indent}{keyword} {name}({', '.join(parameters)}) -> {result}: ..."

    def _star(self, argument: Any) -> str:
        annotation = argument.annotation
        return f"{argument.name}: {self._annotation(annotation) if annotation is not None else _ANY}"

    def _parameters(self, arguments: Sequence[Any], in_class: str, is_static: bool) -> Iterator[str]:
        has_star = False
        for index, argument in enumerate(arguments):
            name = _argument_name(argument)
            if argument.kw_only and not has_star:
                has_star = True
                yield "*"
            if in_class and index == 0 and not is_static:
                yield name
            else:
                yield f"{name}: {self._parameter_type(argument)}{self._default(argument)}"
            following = arguments[index + 1] if index + 1 < len(arguments) else None
            if argument.pos_only and (following is None or not following.pos_only):
                yield "/"

    def _parameter_type(self, argument: Any) -> str:
        found = self._argument_type(argument)
        may_be_none = argument.or_none or type(argument.default).__name__ == "NoneNode"
        if may_be_none and found != _ANY and not re.search(r"\bNone\b|\bOptional\b", found):
            return f"{found} | None"
        return found

    def _default(self, argument: Any) -> str:
        if argument.default is None:
            return ""
        plain = type(argument.default).__name__ in _PLAIN_DEFAULTS
        return f" = {_write(argument.default)}" if plain else " = ..."

    def _c_function(self, node: Any, indent: str, in_class: str) -> Iterator[str]:
        name, pointers = _declared(node.declarator)
        if self._has_decorator(node, "ufunc"):
            yield from self._ufunc(name, indent)
            return
        if not node.overridable:
            return
        result = self._type_of(node.base_type, pointers)
        if str(getattr(node.base_type, "name", "")) == "void":
            result = "None"
        parameters = self._parameters(_function_declarator(node.declarator).args, in_class, False)
        yield f"{indent}def {name}({', '.join(parameters)}) -> {result}: ..."

    def _ufunc(self, name: str, indent: str) -> Iterator[str]:
        self._used["numpy"] = _Import("numpy", "")
        yield f"{indent}{name}: numpy.ufunc"

    def _extension_type(self, node: Any) -> Iterator[str]:
        if node.visibility == "extern" or node.body is None:
            return
        bases = [_write(base) for base in getattr(node.bases, "args", ())]
        known = []
        for base in bases:
            root = base.split(".")[0]
            if not self._use(root) and root in self._cimports:
                self._used[root] = self._cimports[root]
                known.append(base)
            elif self._use(root):
                known.append(base)
        for decorator in self._decorators(node) or ():
            yield f"@{decorator}"
        yield f"class {node.class_name}({', '.join(known)}):" if known else f"class {node.class_name}:"
        declared = [
            statement
            for other in self._declared
            if type(other).__name__ == "CClassDefNode" and other.class_name == node.class_name
            for statement in _statements(other.body)
        ]
        body = list(_statements(node.body))
        lines = [line for statement in [*declared, *body] for line in self._attribute(statement)]
        initialisers = {str(getattr(statement, "name", "")): statement for statement in body}
        if "__init__" not in initialisers and "__cinit__" in initialisers:
            lines += self._function(initialisers["__cinit__"], _INDENT, str(node.class_name), "__init__")
        lines += self._block(body, _INDENT, str(node.class_name))
        yield from lines or [f"{_INDENT}..."]

    def _attribute(self, statement: Any) -> Iterator[str]:
        """The attributes of an extension type that Python sees."""
        if type(statement).__name__ != "CVarDefNode" or statement.visibility not in ("public", "readonly"):
            return
        for declarator in statement.declarators:
            name, pointers = _declared(declarator)
            found = self._type_of(statement.base_type, pointers)
            if statement.visibility == "public":
                yield f"{_INDENT}{name}: {found}"
            else:
                yield from (f"{_INDENT}@property", f"{_INDENT}def {name}(self) -> {found}: ...")

    def _property(self, node: Any, indent: str) -> Iterator[str]:
        accessors = {
            str(statement.name): statement for statement in _statements(node.body) if hasattr(statement, "name")
        }
        yield from (f"{indent}@property", f"{indent}def {node.name}(self) -> {_ANY}: ...")
        if "__set__" in accessors:
            yield from (f"{indent}@{node.name}.setter", f"{indent}def {node.name}(self, value: {_ANY}) -> None: ...")

    def _class(self, node: Any, indent: str) -> Iterator[str]:
        name = str(node.name)
        bases = [_write(base) for base in getattr(node.bases, "args", ())]
        known = [base for base in bases if self._use(re.split(r"[.\[]", base)[0])]
        for decorator in self._decorators(node) or ():
            yield f"{indent}@{decorator}"
        yield f"{indent}class {name}({', '.join(known)}):" if known else f"{indent}class {name}:"
        is_enum = any(self._imports.get(base.split(".")[0], _Import("", "")).module == "enum" for base in known)
        lines = self._members(node) if is_enum else self._block(_statements(node.body), indent + _INDENT, name)
        yield from list(lines) or [f"{indent}{_INDENT}..."]

    def _members(self, node: Any) -> Iterator[str]:
        """The body of a class that is a Python enumeration."""
        for statement in _statements(node.body):
            if type(statement).__name__ == "SingleAssignmentNode":
                plain = type(statement.rhs).__name__ in _PLAIN_DEFAULTS
                yield f"{_INDENT}{statement.lhs.name} = {_write(statement.rhs) if plain else '...'}"
            else:
                yield from self._block([statement], _INDENT, str(node.name))

    def _enum(self, node: Any) -> Iterator[str]:
        names = [str(item.name) for item in node.items]
        if not node.name:
            yield from (f"{name}: int" for name in names)
            return
        base = "IntEnum" if node.scoped or self._cython_version >= (3, 3) else "IntFlag"
        self._used[base] = _Import("enum", base)
        yield f"class {node.name}({base}):"
        yield from (f"{_INDENT}{name} = ..." for name in names)
        if not node.scoped and self._cython_version < (3, 1):
            yield from (f"{name}: {node.name}" for name in names)

    def _variable(self, target: Any, value: Any, indent: str) -> Iterator[str]:
        name = str(getattr(target, "name", ""))
        kind = type(value).__name__
        annotation = getattr(target, "annotation", None)
        if not name or kind == "ImportNode" or (indent, name) in self._variables:
            return
        self._variables.add((indent, name))
        if name == "__all__" and kind == "ListNode":
            yield f"{indent}__all__ = {_write(value)}"
        elif name.startswith("__") and name.endswith("__") and name != "__version__":
            return
        elif annotation is not None:
            yield f"{indent}{name}: {self._annotation(annotation)}"
        else:
            yield f"{indent}{name}: {_LITERAL_TYPES.get(kind, _ANY)}"


def _declared(declarator: Any) -> "tuple[str, int]":
    """The name that a declarator declares, and how many pointers or arrays it is of."""
    pointers = 0
    while not hasattr(declarator, "name"):
        pointers += type(declarator).__name__ in ("CPtrDeclaratorNode", "CArrayDeclaratorNode")
        declarator = declarator.base
    return str(declarator.name), pointers


def _function_declarator(declarator: Any) -> Any:
    while not hasattr(declarator, "args"):
        declarator = declarator.base
    return declarator


def _is_untyped(argument: Any) -> bool:
    """True for `def f(x)`: Cython's parser takes x for a type then."""
    name, _ = _declared(argument.declarator)
    return not name or (getattr(argument.base_type, "name", "") is None)


def _argument_name(argument: Any) -> str:
    name, _ = _declared(argument.declarator)
    return name or str(argument.base_type.name)


def _union(types: "set[str]") -> str:
    if _ANY in types or not types:
        return _ANY
    return " | ".join(sorted(types))
