# SPDX-License-Identifier: BSD-3-Clause
"""Calls scikit-image's public functions on the same inputs each time, and stores what each compiled module returned.

Usage: calls.py <skimage folder> <result.pickle> <module> ...

CALLS has, for each module, a function that makes calls which go through it. The modules in CIMPORTED_BY have no Python
functions: others call theirs, through the pointers that Cython's cimport takes from the module while it is imported.
"""

import importlib
import pickle
import sys
import types
import warnings
from pathlib import Path
from typing import Any, Callable, Dict, List, Set

import numpy as np
from skimage import (
    data,
    draw,
    feature,
    filters,
    graph,
    measure,
    morphology,
    restoration,
    segmentation,
    transform,
    util,
)
from skimage.filters import rank

CALLS: Dict[str, Callable[[], Any]] = {}
CIMPORTED_BY = {
    "_shared.geometry": ["measure._pnpoly"],
    "_shared.transform": ["feature._haar", "feature._texture"],
    "filters.rank.core_cy": ["filters.rank.generic_cy", "filters.rank.percentile_cy", "filters.rank.bilateral_cy"],
    "filters.rank.core_cy_3d": ["filters.rank.generic_cy"],
}


def _calls(module: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        CALLS[module] = function
        return function

    return register


def _generator() -> np.random.Generator:
    return np.random.default_rng(20240229)


def _grey() -> "np.ndarray[Any, Any]":
    """Smooth noise between 0 and 1, 64 x 72."""
    noise = filters.gaussian(_generator().random((64, 72)), sigma=2)
    return (noise - noise.min()) / (noise.max() - noise.min())


def _bytes() -> "np.ndarray[Any, Any]":
    return (_grey() * 255).astype(np.uint8)


def _binary() -> "np.ndarray[Any, Any]":
    return _grey() > 0.5


def _volume() -> "np.ndarray[Any, Any]":
    """Smooth noise between 0 and 1, 14 x 15 x 16."""
    noise = filters.gaussian(_generator().random((14, 15, 16)), sigma=1)
    return (noise - noise.min()) / (noise.max() - noise.min())


@_calls("_shared.fast_exp")
def _fast_exp() -> Any:
    from skimage._shared.fast_exp import fast_exp

    return [fast_exp(float(x)) for x in np.linspace(-30.0, 0.5, 50)]


@_calls("_shared.interpolation")
def _interpolation() -> Any:
    from skimage._shared.interpolation import coord_map_py

    modes = ["constant", "symmetric", "edge", "wrap", "reflect"]
    return [coord_map_py(5, coordinate, mode) for mode in modes for coordinate in range(-7, 13)]


@_calls("draw._draw")
def _draw() -> Any:
    return [
        draw.line(3, 4, 40, 17),
        draw.line_aa(3, 4, 40, 17),
        draw.polygon([1, 2, 8, 5], [1, 7, 4, 2]),
        draw.circle_perimeter(20, 20, 9, method="andres"),
        draw.circle_perimeter_aa(20, 20, 9),
        draw.ellipse_perimeter(20, 20, 9, 5, orientation=0.4),
        draw.bezier_curve(1, 5, 5, -2, 8, 8, 2),
        draw.set_color(np.zeros((5, 5)), (np.array([1, 9]), np.array([1, 9])), 1),
    ]


@_calls("feature._canny_cy")
def _canny() -> Any:
    return [feature.canny(_grey()), feature.canny(_grey().astype(np.float32), sigma=2, use_quantiles=False)]


@_calls("feature._cascade")
def _cascade() -> Any:
    detector = feature.Cascade(data.lbp_frontal_face_cascade_filename())
    image = data.astronaut()[60:200, 150:290]
    found = detector.detect_multi_scale(image, scale_factor=1.3, step_ratio=1.2, min_size=(60, 60), max_size=(123, 123))
    assert found, "no face found"
    return found


@_calls("feature._haar")
def _haar() -> Any:
    integral = transform.integral_image(_bytes()[:8, :9])
    kinds = ["type-2-x", "type-3-y", "type-4"]
    return [
        feature.haar_like_feature(integral, 0, 0, 9, 8, feature_type=kinds),
        [feature.haar_like_feature_coord(6, 5, kind)[1].size for kind in kinds],
    ]


@_calls("feature._hoghistogram")
def _hog() -> Any:
    return feature.hog(_grey(), visualize=True)


@_calls("feature._sift")
def _sift() -> Any:
    detector = feature.SIFT()
    detector.detect_and_extract(_grey())
    return [detector.keypoints, detector.scales, detector.orientations, detector.descriptors]


@_calls("feature._texture")
def _texture() -> Any:
    levels = (_bytes() // 16).astype(np.uint8)
    return [
        feature.graycomatrix(levels, [1, 3], [0, np.pi / 4], levels=16),
        [feature.local_binary_pattern(_bytes(), 8, 2, method) for method in ("default", "ror", "uniform", "var")],
        feature.multiblock_lbp(transform.integral_image(_bytes()), 3, 4, 5, 6),
    ]


@_calls("feature.censure_cy")
def _censure() -> Any:
    detector = feature.CENSURE(mode="DoB", non_max_threshold=0.01)
    detector.detect(_grey())
    return [detector.keypoints, detector.scales]


@_calls("feature.corner_cy")
def _corner() -> Any:
    corners = feature.corner_peaks(feature.corner_fast(_grey(), 9), min_distance=1)
    return [
        feature.corner_moravec(_grey()),
        feature.corner_fast(_grey(), 9),
        feature.corner_orientations(_grey(), corners, morphology.octagon(3, 2)),
    ]


@_calls("feature.orb_cy")
def _orb() -> Any:
    extractor = feature.ORB(n_keypoints=20)
    image = data.brick()[:128, :128]
    extractor.detect_and_extract(image)
    return [extractor.keypoints, extractor.descriptors]


@_calls("filters._multiotsu")
def _multiotsu() -> Any:
    return [filters.threshold_multiotsu(_bytes(), classes) for classes in (3, 4)] + [
        filters._multiotsu._get_multiotsu_thresh_indices(_grey()[0].astype(np.float32), 2)
    ]


@_calls("filters.rank.bilateral_cy")
def _rank_bilateral() -> Any:
    functions = [rank.mean_bilateral, rank.pop_bilateral, rank.sum_bilateral]
    return [function(_bytes(), morphology.disk(3), s0=20, s1=20) for function in functions]


@_calls("filters.rank.generic_cy")
def _rank_generic() -> Any:
    names = [
        "autolevel",
        "equalize",
        "gradient",
        "maximum",
        "mean",
        "geometric_mean",
        "subtract_mean",
        "median",
        "minimum",
        "enhance_contrast",
        "modal",
        "pop",
        "sum",
        "threshold",
        "noise_filter",
        "entropy",
        "otsu",
        "majority",
    ]
    results: List[Any] = []
    for name in names:
        function = getattr(rank, name)
        results.append(function(_bytes(), morphology.disk(3)))
        if name in ("mean", "gradient", "pop"):  # 12 bits: the loops for uint16
            results.append(function(_bytes().astype(np.uint16) * 16, morphology.disk(2)))
        results.append(function((_volume() * 255).astype(np.uint8), morphology.ball(2)))
    results.append(rank.windowed_histogram(_bytes() // 16, morphology.disk(3)))
    return results


@_calls("filters.rank.percentile_cy")
def _rank_percentile() -> Any:
    names = ["autolevel", "gradient", "mean", "sum", "subtract_mean", "enhance_contrast", "pop", "threshold"]
    results = [getattr(rank, f"{name}_percentile")(_bytes(), morphology.disk(3), p0=0.1, p1=0.9) for name in names[:-1]]
    results.append(rank.threshold_percentile(_bytes(), morphology.disk(3), p0=0.3))
    results.append(rank.percentile(_bytes().astype(np.uint16) * 16, morphology.disk(3), p0=0.3))
    return results


@_calls("graph._mcp")
def _mcp() -> Any:
    costs = _grey() + 0.01

    class Connect(graph.MCP_Connect):  # type: ignore[misc]
        def __init__(self, costs: Any) -> None:
            super().__init__(costs)
            self.connections: List[Any] = []

        def create_connection(self, *args: Any) -> None:
            self.connections.append(args)

    class Flexible(graph.MCP_Flexible):  # type: ignore[misc]
        def travel_cost(self, old_cost: float, new_cost: float, offset_length: float) -> float:
            return old_cost * new_cost + offset_length

    connect = Connect(costs)
    return [
        graph.route_through_array(costs, (0, 0), (63, 71), geometric=True),
        graph.route_through_array(costs, (0, 0), (63, 71), fully_connected=False, geometric=False),
        graph.MCP(costs).find_costs([(5, 5), (40, 60)]),
        graph.MCP_Geometric(costs, sampling=(1, 2)).find_costs([(5, 5)]),
        Flexible(costs).find_costs([(5, 5)]),
        connect.find_costs([(5, 5), (40, 60)]),
        connect.connections,
        graph._mcp.make_offsets(3, True),
        graph._mcp._get_edge_map((3, 4)),
    ]


@_calls("graph._ncut_cy")
def _ncut() -> Any:
    image = np.dstack([_bytes(), _bytes().T[:64, :64].repeat(2, axis=1)[:, :72], _bytes()[::-1]])
    labels = np.arange(64 * 72).reshape(64, 72) // (8 * 72) * 9 + np.arange(72) // 8
    adjacency = graph.rag_mean_color(image, labels, mode="similarity")
    return graph.cut_normalized(labels, adjacency, thresh=5, rng=np.random.default_rng(1))


@_calls("graph._spath")
def _spath() -> Any:
    from skimage.graph import _spath as module

    return [
        graph.shortest_path(_grey(), axis=1, output_indexlist=True),
        module.MCP_Diff(_grey()).find_costs([(3, 3)]),
    ]


@_calls("graph.heap")
def _heap() -> Any:
    from skimage.graph import heap as module

    values = _generator().random(200)
    results: List[Any] = []
    for heap in (module.BinaryHeap(128), module.FastUpdateBinaryHeap(128, 199)):
        for reference, value in enumerate(values):
            heap.push(value, reference)
        results.append([heap.pop() for _ in values])
    heap = module.FastUpdateBinaryHeap(128, 199)
    for value in values:
        heap.push_if_lower(value, 7)
    results += [heap.value_of(7), str(heap)]
    return results


@_calls("measure._ccomp")
def _ccomp() -> Any:
    levels = (_grey() * 5).astype(int)
    results = [measure.label(levels, connectivity=connectivity, return_num=True) for connectivity in (1, 2)]
    return [*results, measure.label(_volume() > 0.5, background=1), measure.label(levels[:, None])]


@_calls("measure._find_contours_cy")
def _find_contours() -> Any:
    return [
        measure.find_contours(_grey(), 0.5),
        measure.find_contours(_grey(), 0.4, fully_connected="high", mask=_grey() < 0.9),
    ]


@_calls("measure._marching_cubes_lewiner_cy")
def _marching_cubes() -> Any:
    return [
        measure.marching_cubes(_volume(), 0.5),
        measure.marching_cubes(_volume(), 0.4, method="lorensen", spacing=(1, 2, 3), step_size=2),
        measure.marching_cubes(_volume() > 0.5, 0.5, allow_degenerate=False),
    ]


@_calls("measure._moments_cy")
def _moments() -> Any:
    regions = measure.regionprops(measure.label(_binary()), intensity_image=_grey())
    found = [(region.moments_hu, region.moments_weighted_hu, region.moments_central) for region in regions]
    return [found, measure.moments_hu(measure.moments_normalized(measure.moments_central(_grey().astype(np.float32))))]


@_calls("measure._pnpoly")
def _pnpoly() -> Any:
    corners = [(1.5, 2.0), (20.0, 5.5), (14.0, 30.0), (8.0, 9.0)]
    points = _generator().random((300, 2)) * 32
    return [measure.grid_points_in_poly((32, 33), corners, binarize=False), measure.points_in_poly(points, corners)]


@_calls("morphology._convex_hull")
def _convex_hull() -> Any:
    blob = _binary() & (np.add.outer(np.arange(64), np.arange(72)) < 80)
    return [morphology.convex_hull_image(blob), morphology.convex_hull_object(_binary())]


@_calls("morphology._extrema_cy")
def _extrema() -> Any:
    return [
        morphology.local_maxima(_bytes()),
        morphology.local_minima(_volume(), connectivity=1),
        morphology.local_maxima(_bytes().astype(np.int16), allow_borders=False, indices=True),
    ]


@_calls("morphology._flood_fill_cy")
def _flood_fill() -> Any:
    return [
        morphology.flood_fill(_bytes() // 32, (10, 10), 99),
        morphology.flood(_grey(), (40, 40), tolerance=0.1),
        morphology.flood(_volume().astype(np.float32), (5, 5, 5), tolerance=0.2, connectivity=1),
    ]


@_calls("morphology._grayreconstruct")
def _grayreconstruct() -> Any:
    seed = np.minimum(_bytes(), 90)
    return [
        morphology.reconstruction(seed, _bytes()),
        morphology.reconstruction(_grey() + 0.2, _grey(), method="erosion", footprint=morphology.disk(2)),
    ]


@_calls("morphology._max_tree")
def _max_tree() -> Any:
    return [
        morphology.max_tree(_bytes()),
        morphology.area_opening(_bytes(), 20),
        morphology.diameter_closing(_volume(), 3),
        morphology.max_tree_local_maxima(_bytes()),
    ]


@_calls("morphology._misc_cy")
def _misc() -> Any:
    labels = measure.label(_grey() > 0.6)
    return [
        morphology.remove_objects_by_distance(labels, min_distance=distance).astype(np.int64) for distance in (4, 15)
    ]


@_calls("morphology._skeletonize_lee_cy")
def _skeletonize_lee() -> Any:
    from skimage.morphology import _skeletonize_lee_cy as module

    return [
        morphology.skeletonize(_volume() > 0.4, method="lee"),
        morphology.skeletonize(_binary(), method="lee"),
        np.asarray(module.fill_Euler_LUT()),
    ]


@_calls("morphology._skeletonize_various_cy")
def _skeletonize() -> Any:
    return [
        morphology.skeletonize(_binary()),
        morphology.thin(_binary(), max_num_iter=3),
        morphology.medial_axis(_binary(), return_distance=True, rng=np.random.default_rng(1)),
    ]


@_calls("restoration._denoise_cy")
def _denoise() -> Any:
    return [
        restoration.denoise_bilateral(_grey(), sigma_spatial=2),
        restoration.denoise_bilateral(_grey().astype(np.float32), sigma_spatial=1),
        restoration.denoise_tv_bregman(_grey(), isotropic=False),
    ]


@_calls("restoration._inpaint")
def _inpaint() -> Any:
    mask = np.zeros((64, 72), bool)
    mask[10:14, 10:20] = mask[40:50, 50:52] = True
    return restoration.inpaint_biharmonic(_grey(), mask)


@_calls("restoration._nl_means_denoising")
def _nl_means() -> Any:
    image = _grey()[:24, :26]
    volume = _volume()[:8, :8, :8]
    return [
        [restoration.denoise_nl_means(image, 3, 4, fast_mode=fast) for fast in (True, False)],
        [restoration.denoise_nl_means(volume.astype(np.float32), 3, 2, fast_mode=fast) for fast in (True, False)],
        restoration.denoise_nl_means(np.stack([volume[:5, :5, :5]] * 4), 3, 2),
    ]


@_calls("restoration._rolling_ball_cy")
def _rolling_ball() -> Any:
    with_nan = _grey()
    with_nan[5, 5] = np.nan
    return [restoration.rolling_ball(_bytes(), radius=7), restoration.rolling_ball(with_nan, radius=5, nansafe=True)]


def _wrapped(image: "np.ndarray[Any, Any]") -> Any:
    return np.angle(np.exp(12j * image))


@_calls("restoration._unwrap_1d")
def _unwrap_1d() -> Any:
    return restoration.unwrap_phase(_wrapped(np.linspace(0, 3, 100)))


@_calls("restoration._unwrap_2d")
def _unwrap_2d() -> Any:
    masked = np.ma.array(_wrapped(_grey()), mask=_grey() < 0.1)
    return [
        restoration.unwrap_phase(_wrapped(_grey()), rng=1),
        restoration.unwrap_phase(_wrapped(_grey()), wrap_around=(True, False), rng=1),
        restoration.unwrap_phase(masked, rng=1).filled(0),
    ]


@_calls("restoration._unwrap_3d")
def _unwrap_3d() -> Any:
    return restoration.unwrap_phase(_wrapped(_volume()), rng=1)


@_calls("segmentation._felzenszwalb_cy")
def _felzenszwalb() -> Any:
    return segmentation.felzenszwalb(np.dstack([_grey(), _grey()[::-1], _grey()[:, ::-1]]), scale=50, min_size=10)


@_calls("segmentation._quickshift_cy")
def _quickshift() -> Any:
    image = np.dstack([_grey(), _grey()[::-1], _grey()[:, ::-1]])[:30, :30]
    return segmentation.quickshift(image, kernel_size=2, max_dist=8, rng=1, return_tree=True)


@_calls("segmentation._slic")
def _slic() -> Any:
    image = np.dstack([_grey(), _grey()[::-1], _grey()[:, ::-1]])
    return [
        segmentation.slic(image, n_segments=30, start_label=1),
        segmentation.slic(_volume(), n_segments=10, slic_zero=True, start_label=0, channel_axis=None),
    ]


@_calls("segmentation._watershed_cy")
def _watershed() -> Any:
    return [segmentation.watershed(_grey()), segmentation.watershed(_bytes(), 12, watershed_line=True, compactness=0.1)]


@_calls("transform._hough_transform")
def _hough() -> Any:
    edges = feature.canny(_grey(), sigma=2)
    ellipse = np.zeros((30, 30), np.uint8)
    ellipse[draw.ellipse_perimeter(14, 14, 9, 5)] = 1
    return [
        transform.hough_line(edges),
        transform.hough_circle(edges, [5, 8]),
        transform.hough_ellipse(ellipse, accuracy=5, threshold=8, min_size=6),
        transform.probabilistic_hough_line(edges, threshold=5, line_length=8, line_gap=3, rng=1),
    ]


@_calls("transform._radon_transform")
def _radon() -> Any:
    angles = np.linspace(0, 180, 20, endpoint=False)
    sinogram = transform.radon(data.shepp_logan_phantom()[::12, ::12], theta=angles, circle=False)
    return transform.iradon_sart(sinogram, theta=angles)


@_calls("transform._warps_cy")
def _warp() -> Any:
    matrix = transform.AffineTransform(rotation=0.3, scale=(1.2, 0.7), translation=(3, 5))
    return [
        transform.warp(_grey(), matrix, order=order, mode=mode)
        for order in (0, 1, 2, 3)
        for mode in ("constant", "reflect", "wrap")
    ]


@_calls("util._remap")
def _map_array() -> Any:
    return [util.map_array(_bytes() // 64, np.arange(4), values) for values in (np.arange(4) * 3, np.arange(4) + 0.5)]


class _Recorder:
    """Stands for a function of a compiled module, and notes in `called` that it was called."""

    def __init__(self, function: Any, name: str, called: Set[str]) -> None:
        self._function = function
        self._name = name
        self._called = called

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._called.add(self._name)
        return self._function(*args, **kwargs)

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._function, attribute)

    def __getitem__(self, signature: Any) -> "_Recorder":  # one function of a fused one
        return _Recorder(self._function[signature], self._name, self._called)


def own_names(module: types.ModuleType) -> List[str]:
    """The functions and classes that a compiled module defines itself, without what Cython adds for pickling."""
    names = []
    for name, value in vars(module).items():
        if name.startswith("__"):
            continue
        is_function = type(value).__name__ in ("cython_function_or_method", "fused_cython_function")
        if is_function or (isinstance(value, type) and value.__module__ == module.__name__):
            names.append(name)
    return sorted(names)


def _record_calls(module: types.ModuleType, called: Set[str]) -> None:
    """Has every name by which loaded Python modules know a function of `module` stand for a recorder of it."""
    recorders = {
        id(getattr(module, name)): _Recorder(getattr(module, name), name, called)
        for name in own_names(module)
        if not isinstance(getattr(module, name), type)  # subclasses are made of them
    }
    for user in list(sys.modules.values()):
        if getattr(user, "__name__", "").startswith("skimage"):
            for name, value in list(vars(user).items()):
                if id(value) in recorders:
                    setattr(user, name, recorders[id(value)])


def _storable(value: Any) -> Any:
    """`value` with Cython's memoryviews in it as arrays: they cannot be pickled."""
    if isinstance(value, (list, tuple)):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    return np.asarray(value) if type(value).__name__ == "_memoryviewslice" else value


def run(package: Path, modules: List[str]) -> Dict[str, Dict[str, Any]]:
    """For each of `modules`: what it exposes to Python and to cimport, and what the calls returned."""
    results: Dict[str, Dict[str, Any]] = {}
    for name in modules:
        module = importlib.import_module(f"skimage.{name}")
        file = Path(str(module.__file__))
        assert package in file.parents, f"{module} was loaded instead of the one in {package}"
        called: Set[str] = set()
        exposed = own_names(module)
        functions = {function for function in exposed if not isinstance(getattr(module, function), type)}
        returned = None
        if name in CALLS:
            _record_calls(module, called)
            returned = CALLS[name]()
            assert called == functions, f"{name}: never called: {sorted(functions - called)}"
        else:
            assert not functions, f"there are no calls for {name}"
            assert set(CIMPORTED_BY[name]).intersection(modules), f"none of {CIMPORTED_BY[name]} was built"
        results[name] = {
            "exposed": exposed,
            "c api": sorted(getattr(module, "__pyx_capi__", {})),
            "returned": _storable(returned),
            "reached through": CIMPORTED_BY.get(name),
        }
    return results


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # scikit-image's own, of deprecated arguments
    Path(sys.argv[2]).write_bytes(pickle.dumps(run(Path(sys.argv[1]), sys.argv[3:])))
